package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.CountingMail;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** What comes after CONFIRMED: events leave the outbox, and a mail is sent for each order. */
public final class Relaying {
  private static final int CLIENTS = 64;
  private static final long PAUSE_MILLIS = 20;
  private static final Duration STUCK = Duration.ofMinutes(10);
  private static final String WAITING =
      """
      select (select count(*) from messaging.outbox)
        + (select count(*) from notifications.delivery_log where undecided)
      """;

  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final long orders;
  private final SliceTimes times;

  public Relaying(
      BenchServer server, EngineOptions engine, Screen screen, long orders, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.orders = orders;
    this.times = times;
  }

  public Finding run() throws InterruptedException {
    double seconds = drain();
    ClosedLoop.Result beside = beside();
    String drained =
        String.format(
            Locale.ROOT,
            "A backlog of %,d orders: %,.0f events/s relayed and %,.0f mails/s sent and logged, until"
                + " none was left (%.1f s). No orders are taken meanwhile.",
            orders,
            orders * EngineShop.EVENTS_AN_ORDER / seconds,
            orders / seconds,
            seconds);
    String both =
        String.format(
            Locale.ROOT,
            "With relay and mails going on beside the orders, %d clients, provider 0 ms: %,.0f orders/s,"
                + " p50 %s ms, p99 %s ms.",
            CLIENTS,
            beside.perSecond(),
            Texts.millis(beside.millis(50)),
            Texts.millis(beside.millis(99)));
    screen.line("  %s\n  %s", drained, both);
    return new Finding("Relay and notification", List.of(drained, "", both));
  }

  private double drain() throws InterruptedException {
    Provider provider = new Provider(Duration.ZERO);
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      try (EngineShop shop = EngineShop.withoutRelay(PostgresStorage.on(pool), provider, engine)) {
        new ClosedLoop(shop, new Workload(Load.UNIFORM), CLIENTS).run(orders);
      }
      server.checkpoint();
      CountingMail mail = new CountingMail();
      double seconds = drain(database, EngineShop.withRelay(pool, provider, engine, mail));
      Verification.counts("mails", orders, mail.count());
      verify(database, pool, orders);
      return seconds;
    }
  }

  private static double drain(BenchDatabase database, EngineShop shop) throws InterruptedException {
    long began = System.nanoTime();
    try {
      awaitDrained(database);
      return (System.nanoTime() - began) / 1e9;
    } finally {
      shop.close();
    }
  }

  private ClosedLoop.Result beside() throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine));
        EngineShop shop =
            EngineShop.withRelay(pool, new Provider(Duration.ZERO), engine, new CountingMail())) {
      server.checkpoint();
      ClosedLoop.Result result =
          new ClosedLoop(shop, new Workload(Load.UNIFORM), CLIENTS)
              .run(times.warmUp(), times.measured(), new ClosedLoop.Window() {});
      awaitDrained(database);
      verify(database, pool, result.all());
      return result;
    }
  }

  /** Until no event waits and no mail is undecided. */
  public static void awaitDrained(BenchDatabase database) throws InterruptedException {
    long giveUp = System.nanoTime() + STUCK.toNanos();
    while (database.count(WAITING) > 0) {
      if (System.nanoTime() - giveUp > 0) {
        throw new Verification.FailedException("the outbox does not drain");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  public static void verify(BenchDatabase database, DataSource dataSource, long orders) {
    Verification.counts(
        "orders CONFIRMED",
        orders,
        database.count("select count(*) from orders.orders where status = 'CONFIRMED'"));
    Verification.invariants(dataSource, Verification.exemptions(false, true));
  }
}
