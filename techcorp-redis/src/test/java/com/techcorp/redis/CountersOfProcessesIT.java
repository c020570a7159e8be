package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.StockDrift;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisServer;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Processes change the stock of 20 products while replies of the database, a server of the counters
 * and a process are lost.
 */
@Tag("slow")
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CountersOfProcessesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  private final List<UUID> products = new ArrayList<>();
  private final List<UUID> resting = new ArrayList<>();
  private final List<ChildJvm> processes = new ArrayList<>();
  private StockLedger ledger;
  private StockCounter counter;
  private long looks;

  /** A server of the counters goes, and later it is there again. */
  private record Loss(Runnable begins, Runnable ends) {}

  @Test
  void countersEqualTheStockAfterFaults() {
    try (RedisServer server = RedisServer.start()) {
      run(2, Duration.ofMillis(500), server.uri(), new Loss(server::kill, server::restart));
    }
  }

  @Test
  @Tag("soak")
  void countersEqualTheStockAfterFaultsForLong() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, Duration.ofSeconds(1))) {
      List<RedisServer> killed = new ArrayList<>();
      Loss master =
          new Loss(
              () -> {
                killed.add(cluster.masterOf(key(products.get(0))));
                killed.get(0).kill();
              },
              () -> {
                killed.get(0).restart();
                cluster.awaitOk();
              });
      run(3, Duration.ofSeconds(60), cluster.uri(), master);
    }
  }

  private void run(int count, Duration phase, String address, Loss loss) {
    String database = POSTGRES.createDatabase();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(POSTGRES.jdbcUrl(database));
    PostgresStorage.migrate(dataSource);
    PostgresStorage storage = PostgresStorage.on(dataSource);
    ledger = storage.stock();
    try (TcpProxy proxy = TcpProxy.before(POSTGRES);
        RedisCache redis = RedisCache.connect(address)) {
      counter = redis.counters();
      stock(storage);

      // given
      start(proxy.through(POSTGRES.jdbcUrl(database)), address);
      for (int i = 1; i < count; i++) {
        start(POSTGRES.jdbcUrl(database), address);
      }
      processes.forEach(process -> process.awaitLine("ready", LIMIT));
      watch(phase);

      // when
      proxy.loseReplies(TcpProxy.COMMIT, 20);
      watch(phase);
      proxy.restore();
      loss.begins().run();
      watch(phase);
      loss.ends().run();
      processes.remove(processes.size() - 1).kill();
      watchUntilAllHaveChanged();

      // then
      for (ChildJvm process : processes) {
        process.send("stop");
        System.out.println(process.awaitLine("stopped", LIMIT));
      }
      await().atMost(LIMIT).untilAsserted(() -> assertCounted(products));
      System.out.printf("%d looks, %d replies lost%n", looks, proxy.lost());
      whatHasNotChangedIsRepaired();
      plantedValuesAreFoundAndRepaired();
    } finally {
      processes.forEach(ChildJvm::close);
      POSTGRES.dropDatabase(database);
    }
  }

  private void stock(PostgresStorage storage) {
    for (int i = 0; i < 20; i++) {
      products.add(stocked(storage));
    }
    for (int i = 0; i < 3; i++) {
      resting.add(stocked(storage));
    }
  }

  private static UUID stocked(PostgresStorage storage) {
    UUID product = UUID.randomUUID();
    StockEffect goods = new StockEffect.Restock(product, 20, MovementType.RECEIPT);
    storage.unitOfWork().commit(null, List.of(WriteSet.of(UUID.randomUUID(), goods)));
    return product;
  }

  private void start(String url, String address) {
    processes.add(StockProcess.start(url, address, products));
  }

  private static String key(UUID product) {
    return "inventory:product:" + product + ":available";
  }

  private void watch(Duration time) {
    long since = System.nanoTime();
    while (System.nanoTime() - since < time.toNanos()) {
      look();
    }
  }

  private void watchUntilAllHaveChanged() {
    Map<UUID, StockCount> before = ledger.counts(products);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(look())
                    .allSatisfy(
                        (product, now) ->
                            assertThat(now.version())
                                .isGreaterThan(before.get(product).version())));
  }

  /** Counters are never newer than the stock, and of one version they say the same. */
  private Map<UUID, StockCount> look() {
    Map<UUID, StockCount> counted = counted();
    Map<UUID, StockCount> stock = ledger.counts(products);
    counted.forEach(
        (product, count) -> {
          StockCount now = stock.get(product);
          assertThat(count.version()).as("of " + product).isLessThanOrEqualTo(now.version());
          if (count.version() == now.version()) {
            assertThat(count).isEqualTo(now);
          }
        });
    looks++;
    return stock;
  }

  private Map<UUID, StockCount> counted() {
    try {
      return counter.read(products);
    } catch (UnavailableException e) {
      return Map.of();
    }
  }

  private void assertCounted(List<UUID> some) {
    try {
      assertThat(counter.read(some)).isEqualTo(ledger.counts(some));
    } catch (UnavailableException e) {
      throw new AssertionError("the counters are away", e);
    }
  }

  /** Nobody told the counters of these products. */
  private void whatHasNotChangedIsRepaired() {
    assertThat(counter.read(resting)).isEmpty();

    StockDrift.between(ledger, counter).repair();

    assertCounted(resting);
  }

  private void plantedValuesAreFoundAndRepaired() {
    StockCount first = ledger.counts(resting).get(resting.get(0));
    StockCount second = ledger.counts(resting).get(resting.get(1));
    counter.replace(first, new StockCount(first.productId(), 999, first.version() - 1));
    counter.replace(second, new StockCount(second.productId(), 999, Long.MAX_VALUE));

    StockDrift drift = StockDrift.between(ledger, counter);
    assertThat(foundOf(resting, drift.repair()))
        .isEqualTo(
            Map.of(
                first.productId(), DriftReport.Kind.BEHIND,
                second.productId(), DriftReport.Kind.WRONG));
    assertThat(foundOf(resting, drift.measure())).isEmpty();
    assertCounted(resting);
  }

  /** Of the other products holds still expire. */
  private static Map<UUID, DriftReport.Kind> foundOf(List<UUID> some, DriftReport report) {
    return report.differences().stream()
        .filter(difference -> some.contains(difference.stock().productId()))
        .collect(
            Collectors.toMap(
                difference -> difference.stock().productId(), DriftReport.Difference::kind));
  }
}
