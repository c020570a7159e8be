package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.CountingMail;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stays in memory as orders come and go, relay and mails included. */
public final class HeapGrowth {
  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";
  private static final int CLIENTS = 64;
  private static final int SAMPLES = 10;
  private static final double MEGABYTE = 1e6;

  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final long orders;

  public HeapGrowth(BenchServer server, EngineOptions engine, Screen screen, long orders) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.orders = orders;
  }

  public Finding run() throws InterruptedException {
    MarkdownTable table = new MarkdownTable("orders so far", "heap after a collection, MB");
    long step = orders / SAMPLES;
    try (BenchDatabase database = server.database(Tables.EMPTY)) {
      try (HikariDataSource pool = database.pool(Contender.engineConnections(engine));
          EngineShop shop =
              EngineShop.withRelay(pool, new Provider(Duration.ZERO), engine, new CountingMail())) {
        for (int i = 1; i <= SAMPLES; i++) {
          new ClosedLoop(shop, new Workload(Load.UNIFORM), CLIENTS).run(step);
          double heap = heap();
          table.row(Texts.whole((double) i * step), Texts.one(heap));
          screen.line("  heap after %,d orders: %.1f MB", i * step, heap);
        }
        Verification.counts("orders CONFIRMED", step * SAMPLES, database.count(CONFIRMED));
        Verification.invariantsMeanwhile(pool);
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d clients, relay and mails on. The heap is that of the whole JVM: Maven, the clients and"
                + " what earlier scenarios left are in it, so only its growth tells something.",
            CLIENTS));
    lines.add("");
    lines.addAll(table.lines());
    return new Finding("Heap", lines);
  }

  private static double heap() {
    // Twice: what the first one finds to be finalised or weakly held goes with the second.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }
}
