package com.techcorp.bench.compare;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One side of {@link Refusals}: a crowd that wants a product which is sold out, on the engine of
 * one commit. It is driven as {@link CompareWorker} is, {@code ran} tells refusals and no CPU, and
 * {@code clean} how many there were.
 */
final class RefusalWorker {
  private static final Duration RAMP = Duration.ofMillis(500);
  private static final long STOCK = 1_000_000;
  private static final int EVENT_LOOPS = 2;
  private static final String RECORDED =
      "select count(*) from orders.orders where status = 'CANCELLED'";

  private final HikariDataSource pool;
  private final EngineShop shop;
  private final Refusal refusal;
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile boolean stopped;

  private RefusalWorker(HikariDataSource pool, EngineShop shop, Refusal refusal) {
    this.pool = pool;
    this.shop = shop;
    this.refusal = refusal;
  }

  /** How a side refuses. */
  interface Refusal {
    /** Starts the engine so that it does. */
    EngineShop open(PostgresStorage storage, Provider provider, EngineOptions engine);

    /** Whether this is how an order failed that was refused. */
    boolean is(@Nullable Throwable cause);

    /** Whether refused orders are in the database. */
    boolean recorded();

    /** Whether each client has a thread that waits for its answer. */
    boolean threads();
  }

  /** Recorded as CANCELLED, which is the default. */
  record Recorded(boolean threads) implements Refusal {
    @Override
    public EngineShop open(PostgresStorage storage, Provider provider, EngineOptions engine) {
      return EngineShop.withoutRelay(storage, provider, engine);
    }

    @Override
    public boolean is(@Nullable Throwable cause) {
      return cause instanceof IllegalStateException; // EngineShop's own: it was not confirmed
    }

    @Override
    public boolean recorded() {
      return true;
    }
  }

  /**
   * Runs the worker.
   *
   * @param args address of an empty database
   */
  public static void main(String[] args) throws Exception {
    run(args[0], new Recorded(true));
  }

  static void run(String url, Refusal refusal) throws Exception {
    EngineOptions engine = EngineOptions.DEFAULT.withLease(Duration.ofMinutes(1));
    try (HikariDataSource pool = BenchDatabase.pool(url, Contender.engineConnections(engine))) {
      fill(pool);
      try (EngineShop shop =
          refusal.open(PostgresStorage.on(pool), new Provider(Duration.ZERO), engine)) {
        new RefusalWorker(pool, shop, refusal).obey();
      }
    }
  }

  /** Everything is there but the product that the crowd wants. */
  private static void fill(HikariDataSource pool) throws SQLException {
    PostgresStorage.migrate(pool);
    String sql =
        """
        with goods as (
          insert into inventory.stock (product_id, available, reserved)
          select p, case when p = ? then 0 else ? end, 0 from unnest(?) p
          returning product_id, available)
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, available, 'RECEIPT', now() from goods where available > 0
        """;
    UUID[] products =
        Workload.catalogue().stream().map(product -> product.id()).toArray(UUID[]::new);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, wanted());
      statement.setLong(2, STOCK);
      statement.setArray(3, connection.createArrayOf("uuid", products));
      statement.executeUpdate();
    }
  }

  private static UUID wanted() {
    return new Workload(Load.HOT).next(new SplittableRandom()).lines().get(0).productId();
  }

  private void obey() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answer("ready");
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "run" -> run(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        case "check" -> check();
        default -> throw new IllegalArgumentException("unknown command: " + line);
      }
    }
  }

  private void run(int clients, long millis) throws InterruptedException {
    stopped = false;
    Crowd crowd = refusal.threads() ? threads(clients) : withoutThreads(clients);
    TimeUnit.MILLISECONDS.sleep(RAMP.toMillis());
    long before = refused.sum();
    long began = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(millis);
    long seen = refused.sum() - before;
    long nanos = System.nanoTime() - began;
    stopped = true;
    crowd.end();
    answer("ran %d %d 0 0", seen, nanos);
  }

  private interface Crowd {
    /** Waits until all have their answers. */
    void end() throws InterruptedException;
  }

  private Crowd threads(int clients) {
    List<Thread> threads = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < clients; i++) {
      SplittableRandom random = seeds.split();
      Thread thread = new Thread(() -> order(random), "bench-crowd-" + i);
      thread.start();
      threads.add(thread);
    }
    return () -> {
      for (Thread thread : threads) {
        thread.join();
      }
    };
  }

  /** As on event loops: few threads begin for all. */
  private Crowd withoutThreads(int clients) {
    ExecutorService loops = Executors.newFixedThreadPool(EVENT_LOOPS);
    CountDownLatch left = new CountDownLatch(clients);
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < clients; i++) {
      SplittableRandom random = seeds.split();
      Workload crowd = new Workload(Load.HOT);
      loops.execute(() -> orderOnce(crowd, random, loops, left));
    }
    return () -> {
      left.await();
      loops.shutdown();
    };
  }

  private void orderOnce(
      Workload crowd, SplittableRandom random, ExecutorService loops, CountDownLatch left) {
    if (stopped) {
      left.countDown();
      return;
    }
    shop.orderAsync(crowd.next(random))
        .whenComplete(
            (confirmed, fault) -> {
              Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
              (refusal.is(cause) ? refused : failed).increment();
              loops.execute(() -> orderOnce(crowd, random, loops, left));
            });
  }

  /** What fails for another reason, such as a time-out of a busy machine, is no refusal. */
  private void order(SplittableRandom random) {
    Workload crowd = new Workload(Load.HOT);
    while (!stopped) {
      try {
        shop.orderAsync(crowd.next(random)).get();
        throw new Verification.FailedException("what is not there was sold");
      } catch (ExecutionException e) {
        (refusal.is(e.getCause()) ? refused : failed).increment();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void check() throws SQLException {
    shop.close(); // what a caller no longer waited for ends too
    try (Connection connection = pool.getConnection();
        PreparedStatement count = connection.prepareStatement(RECORDED);
        ResultSet rows = count.executeQuery()) {
      rows.next();
      long recorded = rows.getLong(1);
      long least = refusal.recorded() ? refused.sum() : 0;
      long most = least + failed.sum(); // who was not answered may have been recorded
      if (recorded < least || recorded > most) {
        throw new Verification.FailedException(
            "orders CANCELLED: " + recorded + ", should be " + least + " to " + most);
      }
    }
    Verification.invariants(pool, Verification.WITHOUT_RELAY);
    answer("clean %d", refused.sum());
  }

  private static void answer(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
    System.out.flush();
  }
}
