package com.techcorp.bench.scenario.broker;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.bench.contender.CommitTimes;
import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.order.OrderEventType;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** From the commit to the consumer, when there is little to do. */
final class EventLatency {
  static final int ORDERS_PER_SECOND = 20;
  private static final long PAUSE_NANOS = 1_000_000_000 / ORDERS_PER_SECOND;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DIGITS = 3;

  private final BenchServer server;
  private final EngineOptions engine;
  private final Broker broker;
  private final SliceTimes times;

  EventLatency(BenchServer server, EngineOptions engine, Broker broker, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.broker = broker;
    this.times = times;
  }

  /** What came of it. */
  record Result(Histogram firsts, Histogram seconds) {
    double first(double percentile) {
      return firsts.getValueAtPercentile(percentile) / 1e6;
    }

    double second(double percentile) {
      return seconds.getValueAtPercentile(percentile) / 1e6;
    }

    double all(double percentile) {
      return both().getValueAtPercentile(percentile) / 1e6;
    }

    Histogram both() {
      Histogram both = firsts.copy();
      both.add(seconds);
      return both;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "p50 %.2f ms (first events %.2f, second events %.2f), p99 of the first %.2f",
          all(50),
          first(50),
          second(50),
          first(99));
    }
  }

  private record Seen(UUID event, int sequence, long at) {}

  /** The same by the relay, while the queue of another consumer is full. */
  Result besideAFullQueue() throws InterruptedException {
    Broker.FullQueue full = broker.full();
    try {
      return run(Publisher.RELAY);
    } finally {
      full.close();
    }
  }

  Result run(Publisher publisher) throws InterruptedException {
    ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    RabbitEventBus bus =
        broker.consuming(
            event -> seen.add(new Seen(event.id(), event.sequence(), System.nanoTime())));
    return publisher == Publisher.BARE ? bare(bus, seen) : relayed(publisher, bus, seen);
  }

  private Result bare(RabbitEventBus bus, ConcurrentLinkedQueue<Seen> seen)
      throws InterruptedException {
    try (bus) {
      Map<UUID, Long> published = new ConcurrentHashMap<>();
      int count = paced(() -> publishTwo(published));
      await(seen, count);
      return result(seen, published);
    }
  }

  /** As an order does: the second when the first is confirmed. */
  private void publishTwo(Map<UUID, Long> published) throws InterruptedException {
    long began = System.nanoTime();
    UUID order = UUID.randomUUID();
    for (int sequence = 1; sequence <= EngineShop.EVENTS_AN_ORDER; sequence++) {
      Event event = event(order, sequence);
      published.put(event.id(), began);
      broker.publish(List.of(Broker.Bare.of(event)), 1);
    }
  }

  private static Event event(UUID order, int sequence) {
    UUID id = UUID.randomUUID();
    String type = sequence == 1 ? "payment.confirmed" : "order.confirmed";
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    return new Event(id, OrderEventType.streamOf(order), sequence, type, payload.build());
  }

  private Result relayed(Publisher publisher, RabbitEventBus bus, ConcurrentLinkedQueue<Seen> seen)
      throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      RelayOptions relay = RelayOptions.DEFAULT.withHandOver(publisher == Publisher.RELAY);
      CommitTimes commits = new CommitTimes(PostgresStorage.on(pool));
      server.checkpoint();
      try (EngineShop shop =
          EngineShop.over(
              commits, new Provider(Duration.ZERO), engine, relay, new BenchBus(bus).opened())) {
        Workload workload = new Workload(Load.UNIFORM);
        SplittableRandom random = new SplittableRandom();
        int count = paced(() -> shop.order(workload.next(random)));
        await(seen, count);
      }
      return result(seen, commits.all());
    }
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  /** How many events there must be. */
  private int paced(Action action) throws InterruptedException {
    long began = System.nanoTime();
    long end = began + times.warmUp().plus(times.measured()).toNanos();
    int orders = 0;
    while (System.nanoTime() - end < 0) {
      action.run();
      orders++;
      long next = began + orders * PAUSE_NANOS;
      long left = next - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = next - System.nanoTime();
      }
    }
    return orders * (int) EngineShop.EVENTS_AN_ORDER;
  }

  private static void await(ConcurrentLinkedQueue<Seen> seen, int count)
      throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (seen.stream().map(Seen::event).distinct().count() < count) {
      if (System.nanoTime() - giveUp > 0) {
        throw new Verification.FailedException("not all events arrived");
      }
      Thread.sleep(20);
    }
  }

  /** Of what was seen after the warm-up. */
  private Result result(ConcurrentLinkedQueue<Seen> seen, Map<UUID, Long> began) {
    Histogram firsts = new Histogram(PATIENCE.toNanos(), DIGITS);
    Histogram seconds = new Histogram(PATIENCE.toNanos(), DIGITS);
    long warm = seen.stream().mapToLong(Seen::at).min().orElse(0) + times.warmUp().toNanos();
    Set<UUID> had = new HashSet<>();
    for (Seen each : seen) {
      Long at = began.get(each.event());
      if (had.add(each.event()) && at != null && each.at() - warm > 0) {
        (each.sequence() == 1 ? firsts : seconds).recordValue(Math.max(0, each.at() - at));
      }
    }
    return new Result(firsts, seconds);
  }
}
