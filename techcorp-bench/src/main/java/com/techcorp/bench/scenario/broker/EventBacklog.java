package com.techcorp.bench.scenario.broker;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What waited while the broker was away, and leaves when it is back. */
final class EventBacklog {
  /** The relay has one event each of twice a batch of orders under way. */
  static final int UNCONFIRMED = 2 * RelayOptions.DEFAULT.batch();

  private static final long PAUSE_MILLIS = 5;
  private static final Duration STUCK = Duration.ofMinutes(10);
  private static final int PAGE = 10_000;

  private final BenchServer server;
  private final EngineOptions engine;
  private final Broker broker;
  private final long events;

  EventBacklog(BenchServer server, EngineOptions engine, Broker broker, long events) {
    this.server = server;
    this.engine = engine;
    this.broker = broker;
    this.events = events;
  }

  /** Events a second, until the last one is out of the outbox. */
  double drain(Publisher publisher) throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      BenchBus bus = new BenchBus(broker.bus());
      RelayOptions relay = RelayOptions.DEFAULT.withHandOver(publisher != Publisher.POLLING);
      PostgresStorage storage = PostgresStorage.on(pool);
      try (EngineShop shop =
          EngineShop.over(storage, new Provider(Duration.ZERO), engine, relay, bus)) {
        shop.order(new Workload(Load.UNIFORM).next(new SplittableRandom()));
        database.execute(copies(events / EngineShop.EVENTS_AN_ORDER - 1));
        database.execute("vacuum analyze messaging.outbox");
        server.checkpoint();
        double seconds =
            publisher == Publisher.BARE
                ? bare(messages(database, storage.outbox()))
                : opened(database, bus);
        Verification.counts("events in the queue", events, broker.purge());
        return events / seconds;
      }
    }
  }

  /** Copies of a real order's events, held by the node that holds those. */
  private static String copies(long orders) {
    return """
        insert into messaging.outbox
          (event_id, stream_type, stream_id, sequence, event_type, payload, created_at, node)
        select e.id, p.stream_type, o.id, p.sequence, p.event_type,
          p.payload::jsonb || jsonb_build_object('event_id', e.id, 'order_id', o.id), p.created_at, p.node
        from (select gen_random_uuid() as id from generate_series(1, %d)) o
        cross join messaging.outbox p
        cross join lateral (
          select gen_random_uuid() as id where o.id is not null and p.sequence is not null) e
        """
        .formatted(orders);
  }

  private double bare(List<Broker.Bare> messages) throws InterruptedException {
    Verification.counts("events in the outbox", events, messages.size());
    long began = System.nanoTime();
    broker.publish(messages, UNCONFIRMED);
    return (System.nanoTime() - began) / 1e9;
  }

  /** Until all is published and removed; asking the database costs it something, so not before. */
  private double opened(BenchDatabase database, BenchBus bus) throws InterruptedException {
    bus.opened();
    long giveUp = System.nanoTime() + STUCK.toNanos();
    while (bus.taken() < events
        || database.count("select count(*) from (select from messaging.outbox limit 1) o") > 0) {
      if (System.nanoTime() - giveUp > 0) {
        throw new Verification.FailedException("the outbox does not drain");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return (System.nanoTime() - bus.firstAt()) / 1e9;
  }

  private static List<Broker.Bare> messages(BenchDatabase database, Outbox outbox) {
    int node = (int) database.count("select min(node) from messaging.outbox");
    List<Broker.Bare> messages = new ArrayList<>();
    @Nullable EventStream after = null;
    List<Event> page = outbox.held(node, after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(event -> messages.add(Broker.Bare.of(event)));
      after = page.get(page.size() - 1).orderingKey();
      page = outbox.held(node, after, PAGE);
    }
    return messages;
  }
}
