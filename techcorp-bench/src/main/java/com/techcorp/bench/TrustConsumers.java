package com.techcorp.bench;

import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InProcessEventBus;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** One consumer is sick: how soon another one has its events, and whether orders go on. */
final class TrustConsumers implements Trust.Part {
  private static final String TYPE = "order.confirmed";
  private static final Duration SLOW = Duration.ofMillis(200);
  private static final Duration STRAGGLERS = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DIGITS = 3;

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;

  TrustConsumers(BenchServer server, EngineOptions engine, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.times = times;
  }

  /** What the other consumer does with each event. */
  private enum Sickness {
    NONE("well"),
    HANGS("hangs"),
    SLOW_EACH("takes 200 ms"),
    FAILS("always fails");

    private final String text;

    Sickness(String text) {
      this.text = text;
    }
  }

  /** What the healthy consumer saw. */
  private record Seen(double p99, long handled, long orders) {
    String text() {
      String share = handled == orders ? "" : ", " + handled + " of " + orders + " events";
      return "p99 " + Texts.millis(p99) + " ms" + share;
    }
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    measure(Sickness.NONE);
    Seen well = measure(Sickness.NONE);
    List<TrustRow> rows = new ArrayList<>();
    for (Sickness sickness : List.of(Sickness.HANGS, Sickness.SLOW_EACH, Sickness.FAILS)) {
      Seen sick = measure(sickness);
      rows.add(
          new TrustRow(
              "a consumer that " + sickness.text + ": events of another",
              well.text(),
              sick.text(),
              sick.handled() == 0 ? "-" : Texts.ratio(sick.p99() / well.p99()),
              "all events, ratio at most 1.2"));
    }
    return rows;
  }

  private Seen measure(Sickness sickness) throws InterruptedException {
    Map<UUID, Long> seen = new ConcurrentHashMap<>();
    CountDownLatch end = new CountDownLatch(1);
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      CommitTimes commits = new CommitTimes(PostgresStorage.on(pool));
      InProcessEventBus bus = new InProcessEventBus(commits.inbox());
      bus.subscribe(
          new Subscription(
              "healthy", Set.of(TYPE), event -> seen.putIfAbsent(event.id(), System.nanoTime())));
      bus.subscribe(new Subscription("sick", Set.of(TYPE), event -> handle(sickness, end, event)));
      long orders;
      try (EngineShop shop =
          EngineShop.over(
              commits, new Provider(Duration.ZERO), engine, RelayOptions.DEFAULT, bus)) {
        orders = order(shop);
        awaitStragglers(seen, orders);
        end.countDown();
        Verification.invariantsMeanwhile(pool);
      }
      return seen(seen, commits.all(), orders);
    }
  }

  private static void handle(Sickness sickness, CountDownLatch end, Event event)
      throws InterruptedException {
    switch (sickness) {
      case NONE -> {}
      case HANGS -> end.await();
      case SLOW_EACH -> Thread.sleep(SLOW.toMillis());
      case FAILS -> throw new IllegalStateException("cannot handle " + event.id());
    }
  }

  /** Twenty a second, so that nobody has a queue who is well. */
  private long order(EngineShop shop) {
    Workload workload = new Workload(Load.UNIFORM);
    SplittableRandom random = new SplittableRandom();
    long pause = 1_000_000_000L / EventLatency.ORDERS_PER_SECOND;
    long began = System.nanoTime();
    long until = began + times.measured().toNanos();
    long orders = 0;
    while (System.nanoTime() - until < 0) {
      shop.order(workload.next(random));
      orders++;
      TrustClients.pass(Duration.ofNanos(began + orders * pause - System.nanoTime()));
    }
    return orders;
  }

  private static void awaitStragglers(Map<UUID, Long> seen, long orders) {
    long until = System.nanoTime() + STRAGGLERS.toNanos();
    while (seen.size() < orders && System.nanoTime() - until < 0) {
      TrustClients.pass(Duration.ofMillis(10));
    }
  }

  private static Seen seen(Map<UUID, Long> seen, Map<UUID, Long> committed, long orders) {
    Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    seen.forEach(
        (event, at) -> latencies.recordValue(Math.max(0, at - committed.getOrDefault(event, at))));
    return new Seen(latencies.getValueAtPercentile(99) / 1e6, seen.size(), orders);
  }
}
