package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.measure.StatementProfile;
import com.techcorp.bench.plan.BenchOptions;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.text.Screen;
import java.time.Duration;
import java.util.List;

/** Every contender under every condition, interleaved: A B C A B C A B C. */
public final class Matrix {
  private static final SliceTimes RECORDED =
      new SliceTimes(Duration.ofMillis(300), Duration.ofMillis(700));
  private static final int WARM_UP_CLIENTS = 64;
  private static final int WARM_UP_POOL = 16;

  private final Run slice;
  private final PoolSizes pools;
  private final Screen screen;
  private final BenchOptions options;

  public Matrix(Run slice, PoolSizes pools, Screen screen, BenchOptions options) {
    this.slice = slice;
    this.pools = pools;
    this.screen = screen;
    this.options = options;
  }

  public Results run(List<Condition> cells) throws InterruptedException {
    Results results = new Results();
    warmUp(cells);
    for (Condition cell : cells) {
      List<Contender> contenders = options.contenders(cell);
      for (int round = 1; round <= options.rounds(); round++) {
        for (Contender contender : contenders) {
          int pool = pools.of(cell, contender);
          Sample sample = slice.run(cell, contender, round, pool, options.times());
          screen.line("  %s", Samples.line(sample));
          results.add(sample);
        }
      }
      if (options.statements() || countsStatements(cell)) {
        record(cell, contenders, results);
      }
    }
    if (cells.stream().anyMatch(cell -> cell.tables() == Tables.FINISHED)) {
      slice.verifyFinished();
    }
    return results;
  }

  /** Nobody is to pay for a JVM that has not compiled yet what is hot. */
  private void warmUp(List<Condition> cells) throws InterruptedException {
    SliceTimes times = new SliceTimes(Duration.ZERO, options.warmUp());
    for (Condition cell : cells.subList(0, Math.min(1, cells.size()))) {
      Condition busy = new Condition(cell.load(), Tables.EMPTY, Duration.ZERO, WARM_UP_CLIENTS);
      for (Contender contender : options.contenders(cell)) {
        slice.trial(busy, contender, WARM_UP_POOL, times);
      }
    }
  }

  /** What is sent does not depend on the provider's time, nor on what is in the tables. */
  private static boolean countsStatements(Condition cell) {
    return cell.tables() == Tables.EMPTY && cell.provider().isZero();
  }

  private void record(Condition cell, List<Contender> contenders, Results results)
      throws InterruptedException {
    for (Contender contender : contenders) {
      StatementProfile profile =
          slice.statements(cell, contender, pools.of(cell, contender), RECORDED);
      results.add(cell, contender, profile);
      if (options.statements()) {
        screen.line("  %s, %s: %.2f statements an order", cell, contender, profile.perOrder());
        profile
            .longest()
            .forEach(
                s ->
                    screen.line(
                        "    %7.1f us, %.3f calls, %.3f rows: %s",
                        s.micros(), s.calls(), s.rows(), s.query()));
      }
    }
  }
}
