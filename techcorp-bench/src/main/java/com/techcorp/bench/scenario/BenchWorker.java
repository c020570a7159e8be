package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * One engine in a process of its own. Says {@code ready}, waits for a line, runs, and says {@code
 * result} with what its clients saw.
 */
public final class BenchWorker {
  public static final String READY = "ready";
  static final String RESULT = "result";

  private BenchWorker() {}

  /**
   * Runs the worker.
   *
   * @param args database address, load, clients, milliseconds of warm-up, milliseconds measured,
   *     milliseconds that the provider takes
   */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    ChildJvm.listen(line -> go.countDown());
    EngineOptions engine = EngineOptions.DEFAULT;
    try (HikariDataSource pool = BenchDatabase.pool(args[0], Contender.engineConnections(engine));
        EngineShop shop =
            EngineShop.withoutRelay(
                PostgresStorage.on(pool), new Provider(millis(args[5])), engine)) {
      System.out.println(READY);
      go.await();
      ClosedLoop.Result result =
          new ClosedLoop(shop, new Workload(Load.valueOf(args[1])), Integer.parseInt(args[2]))
              .run(millis(args[3]), millis(args[4]), new ClosedLoop.Window() {});
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s %d %d %f %f",
              RESULT,
              result.all(),
              result.confirmed(),
              result.perSecond(),
              result.millis(99)));
    }
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }
}
