package com.techcorp.bench.scenario.broker;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.Relaying;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The relay beside the orders whose events it publishes. */
final class LiveRelay {
  static final int CLIENTS = 64;
  private static final String WAITING = "select count(*) from messaging.outbox";

  private final BenchServer server;
  private final EngineOptions engine;
  private final Broker broker;
  private final SliceTimes times;

  LiveRelay(BenchServer server, EngineOptions engine, Broker broker, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.broker = broker;
    this.times = times;
  }

  /**
   * What came of it.
   *
   * @param waiting events in the outbox at the end of the window
   */
  record Result(double ordersPerSecond, double eventsPerSecond, double waiting) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f orders/s, %,.0f events/s, %,.0f wait",
          ordersPerSecond,
          eventsPerSecond,
          waiting);
    }
  }

  Result run(Publisher publisher) throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      RelayOptions relay = RelayOptions.DEFAULT.withHandOver(publisher == Publisher.RELAY);
      server.checkpoint();
      BenchBus bus = new BenchBus(broker.bus()).opened();
      AtomicLong before = new AtomicLong();
      AtomicLong published = new AtomicLong();
      AtomicLong waiting = new AtomicLong();
      ClosedLoop.Result result;
      try (EngineShop shop =
          EngineShop.over(
              PostgresStorage.on(pool), new Provider(Duration.ZERO), engine, relay, bus)) {
        result =
            new ClosedLoop(shop, new Workload(Load.UNIFORM), CLIENTS)
                .run(
                    times.warmUp(),
                    times.measured(),
                    new ClosedLoop.Window() {
                      @Override
                      public void opened() {
                        before.set(bus.taken());
                      }

                      @Override
                      public void closed() {
                        published.set(bus.taken() - before.get());
                        waiting.set(database.count(WAITING));
                      }
                    });
        Relaying.awaitDrained(database);
      }
      Relaying.verify(database, pool, result.all());
      Verification.counts(
          "events in the queue", EngineShop.EVENTS_AN_ORDER * result.all(), broker.purge());
      return new Result(result.perSecond(), published.get() * 1e9 / result.nanos(), waiting.get());
    }
  }
}
