package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.text.Screen;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives each floor the pool it is fastest with: under the same conditions, a few sizes are tried
 * and the best is kept, on empty tables for all. The engine has what its documentation asks for.
 */
public final class PoolSizes {
  private static final List<Integer> TRIED = List.of(4, 8, 16, 32, 64);
  private static final SliceTimes TRIAL =
      new SliceTimes(Duration.ofMillis(500), Duration.ofMillis(1_000));

  private final Run slice;
  private final EngineOptions engine;
  private final @Nullable Integer fixed;
  private final Screen screen;
  private final Map<Key, Integer> best = new HashMap<>();

  private record Key(Condition cell, Contender contender) {}

  public PoolSizes(Run slice, EngineOptions engine, @Nullable Integer fixed, Screen screen) {
    this.slice = slice;
    this.engine = engine;
    this.fixed = fixed;
    this.screen = screen;
  }

  int of(Condition cell, Contender contender) throws InterruptedException {
    if (!contender.isFloor()) {
      return Contender.engineConnections(engine);
    }
    if (fixed != null) {
      return fixed;
    }
    Condition young = new Condition(cell.load(), Tables.EMPTY, cell.provider(), cell.clients());
    Key key = new Key(young, contender);
    Integer known = best.get(key);
    if (known == null) {
      known = calibrate(young, contender);
      best.put(key, known);
    }
    return known;
  }

  private int calibrate(Condition cell, Contender contender) throws InterruptedException {
    List<Integer> sizes = candidates(cell.clients());
    if (sizes.size() == 1) {
      return sizes.get(0);
    }
    int fastest = sizes.get(0);
    double most = 0;
    StringBuilder tried = new StringBuilder();
    for (int size : sizes) {
      double rate = slice.trial(cell, contender, size, TRIAL);
      tried.append(String.format(" %d: %,.0f/s", size, rate));
      if (rate > most) {
        most = rate;
        fastest = size;
      }
    }
    screen.line("  %s, %s: pool of %d (%s )", cell, contender, fastest, tried);
    return fastest;
  }

  /** More connections than clients are never used, nor fewer than the smallest of few clients. */
  private static List<Integer> candidates(int clients) {
    List<Integer> below = TRIED.stream().filter(size -> size < clients).toList();
    boolean covered = clients > TRIED.get(TRIED.size() - 1);
    return covered
        ? below
        : IntStream.concat(below.stream().mapToInt(i -> i), IntStream.of(clients)).boxed().toList();
  }
}
