package com.techcorp.redis;

import com.techcorp.InProcessEventBus;
import com.techcorp.InventoryService;
import com.techcorp.error.TechCorpException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLine;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * An inventory in a process of its own: reserves, sells, releases, returns, lets holds expire and
 * receives goods, until it is told to stop. Then it goes on serving what is due.
 */
final class StockProcess {
  private static final int THREADS = 4;

  private final InventoryReserver inventory;
  private final List<UUID> products;
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final CountDownLatch ended = new CountDownLatch(THREADS);
  private volatile boolean stopped;

  private StockProcess(InventoryReserver inventory, List<UUID> products) {
    this.inventory = inventory;
    this.products = products;
  }

  static ChildJvm start(String url, String redis, List<UUID> products) {
    return ChildJvm.of(StockProcess.class)
        .jvmOptions("-XX:TieredStopAtLevel=1", "-Xmx128m")
        .args(url, redis, String.join(",", products.stream().map(UUID::toString).toList()))
        .start();
  }

  /**
   * Runs until it is killed, or its parent is gone.
   *
   * @param args the database, Redis, the products
   */
  public static void main(String[] args) throws InterruptedException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setMaximumPoolSize(12);
    config.setConnectionTimeout(10_000);
    config.setInitializationFailTimeout(60_000);
    PostgresStorage storage =
        PostgresStorage.builder(new HikariDataSource(config))
            .timeout(Duration.ofSeconds(2))
            .build();
    RedisCache redis = RedisCache.connect(args[1]);
    InventoryService service =
        InventoryService.builder()
            .storage(storage)
            .events(new InProcessEventBus(storage.inbox()))
            .counters(redis.counters())
            .engine(
                EngineOptions.DEFAULT
                    .withLease(Duration.ofSeconds(6))
                    .withPollInterval(Duration.ofMillis(100)))
            .start();
    StockProcess process =
        new StockProcess(
            service.inventory(), Stream.of(args[2].split(",")).map(UUID::fromString).toList());
    ChildJvm.listen(line -> process.stopped = true);
    System.out.println("ready");
    for (int i = 0; i < THREADS; i++) {
      new Thread(process::work, "client-" + i).start();
    }
    process.ended.await();
    System.out.println("stopped " + process.done + " done, " + process.failed + " failed");
    Thread.currentThread().join();
  }

  private void work() {
    Random random = new Random();
    try {
      while (!stopped) {
        try {
          deal(products.get(random.nextInt(products.size())), random);
          done.increment();
        } catch (TechCorpException e) {
          failed.increment();
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private void deal(UUID product, Random random) {
    if (random.nextInt(10) == 0) {
      inventory.restock(product, 1 + random.nextInt(3));
      return;
    }
    UUID order = UUID.randomUUID();
    Duration hold = random.nextInt(5) == 0 ? Duration.ofMillis(50) : Duration.ofMinutes(15);
    List<StockLine> lines = List.of(new StockLine(product, 1 + random.nextInt(2)));
    if (inventory.reserve(order, lines, hold) instanceof ReservationResult.Done) {
      switch (random.nextInt(4)) {
        case 0 -> inventory.confirm(order);
        case 1 -> {
          inventory.confirm(order);
          inventory.reverse(order);
        }
        default -> {
          if (hold.toMinutes() > 0) {
            inventory.release(order);
          }
        }
      }
    }
  }
}
