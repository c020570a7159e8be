package com.techcorp.bench.scenario.trust;

import com.techcorp.InProcessEventBus;
import com.techcorp.bench.contender.CommitTimes;
import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** One consumer is sick: how soon another one has its events, and whether orders go on. */
final class TrustConsumers implements Trouble {
  private static final String TYPE = "order.confirmed";
  private static final Duration SLOW = Duration.ofMillis(200);
  private static final Duration STRAGGLERS = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DIGITS = 3;

  private static final int ORDERS_PER_SECOND = 20;

  /** At 20 orders a second, 300 events a round: a p99 of fewer is the one slowest event. */
  private static final Duration LEAST_MEASURED = Duration.ofSeconds(15);

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;
  private final int rounds;

  TrustConsumers(BenchServer server, EngineOptions engine, SliceTimes times, int rounds) {
    this.server = server;
    this.engine = engine;
    this.times = times;
    this.rounds = rounds;
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

  /** What the healthy consumer saw in all rounds. */
  private static final class Seen {
    private final Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    private long handled;
    private long orders;

    /**
     * The latencies of what was committed since {@code warm}, for a new engine is slow at first.
     */
    void add(Map<UUID, Long> seen, Map<UUID, Long> committed, long placed, long warm) {
      seen.forEach(
          (event, at) -> {
            long began = committed.getOrDefault(event, at);
            if (began - warm >= 0) {
              latencies.recordValue(Math.max(0, at - began));
            }
          });
      handled += seen.size();
      orders += placed;
    }

    double p99() {
      return latencies.getValueAtPercentile(99) / 1e6;
    }

    String text() {
      String share = handled == orders ? "" : ", " + handled + " of " + orders + " events";
      return "p99 " + Texts.millis(p99()) + " ms" + share;
    }
  }

  /** In turn, so that a slow minute of the machine is everybody's. */
  @Override
  public List<TrustRow> run() throws InterruptedException {
    measure(Sickness.NONE, new Seen());
    Seen well = new Seen();
    Map<Sickness, Seen> sick = new EnumMap<>(Sickness.class);
    for (Sickness each : List.of(Sickness.HANGS, Sickness.SLOW_EACH, Sickness.FAILS)) {
      sick.put(each, new Seen());
    }
    for (int round = 0; round < rounds; round++) {
      measure(Sickness.NONE, well);
      for (Map.Entry<Sickness, Seen> each : sick.entrySet()) {
        measure(each.getKey(), each.getValue());
      }
    }
    return sick.entrySet().stream().map(each -> row(each.getKey(), well, each.getValue())).toList();
  }

  private static TrustRow row(Sickness sickness, Seen well, Seen sick) {
    return new TrustRow(
        "a consumer that " + sickness.text + ": events of another",
        well.text(),
        sick.text(),
        sick.handled == 0 ? "-" : Texts.ratio(sick.p99() / well.p99()),
        "all events, ratio at most 1.2");
  }

  private void measure(Sickness sickness, Seen into) throws InterruptedException {
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
      long warm = System.nanoTime() + times.warmUp().toNanos();
      long orders;
      try (EngineShop shop =
          EngineShop.over(
              commits, new Provider(Duration.ZERO), engine, RelayOptions.DEFAULT, bus)) {
        orders = order(shop, warm + measured().toNanos());
        awaitStragglers(seen, orders);
        end.countDown();
        Verification.invariantsMeanwhile(pool);
      }
      into.add(seen, commits.all(), orders, warm);
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

  private Duration measured() {
    Duration measured = times.measured();
    return measured.compareTo(LEAST_MEASURED) > 0 ? measured : LEAST_MEASURED;
  }

  /** Twenty a second, so that nobody has a queue who is well. */
  private long order(EngineShop shop, long until) {
    Workload workload = new Workload(Load.UNIFORM);
    SplittableRandom random = new SplittableRandom();
    long pause = 1_000_000_000L / ORDERS_PER_SECOND;
    long began = System.nanoTime();
    long orders = 0;
    while (System.nanoTime() - until < 0) {
      shop.order(workload.next(random));
      orders++;
      TolerantClients.pass(Duration.ofNanos(began + orders * pause - System.nanoTime()));
    }
    return orders;
  }

  private static void awaitStragglers(Map<UUID, Long> seen, long orders) {
    long until = System.nanoTime() + STRAGGLERS.toNanos();
    while (seen.size() < orders && System.nanoTime() - until < 0) {
      TolerantClients.pass(Duration.ofMillis(10));
    }
  }
}
