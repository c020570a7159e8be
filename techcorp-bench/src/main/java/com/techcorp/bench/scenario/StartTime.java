package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.CountingMail;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.workload.Provider;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long the library takes to start on a schema that is there, in a JVM that is warm. */
public final class StartTime {
  private static final int STARTS = 15;
  private static final int NOT_COUNTED = 5;

  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;

  public StartTime(BenchServer server, EngineOptions engine, Screen screen) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
  }

  public Finding run() throws InterruptedException {
    List<Double> starts = new ArrayList<>();
    try (BenchDatabase database = server.database(Tables.EMPTY);
        HikariDataSource pool = database.pool(Contender.engineConnections(engine))) {
      for (int i = 0; i < STARTS; i++) {
        long began = System.nanoTime();
        EngineShop shop =
            EngineShop.withRelay(pool, new Provider(Duration.ZERO), engine, new CountingMail());
        double millis = (System.nanoTime() - began) / 1e6;
        shop.close();
        if (i >= NOT_COUNTED) {
          starts.add(millis);
        }
      }
    }
    Summary spread = Summary.of(starts);
    String text =
        String.format(
            Locale.ROOT,
            "%.1f ms (%.1f–%.1f) from the builder to a library that takes orders: the median of %d"
                + " starts after %d, on a migrated schema, with the pool open.",
            spread.median(),
            spread.least(),
            spread.most(),
            starts.size(),
            NOT_COUNTED);
    screen.line("  start: %s", text);
    return new Finding("Start", List.of(text));
  }
}
