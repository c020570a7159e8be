package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.OpenLoop;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Orders at a steady rate: how long after each commit Redis has what it left of a product. */
final class HalfLoad {
  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 50_000_000;

  private final CounterShops shops;
  private final SliceTimes times;
  private final int rounds;

  HalfLoad(CounterShops shops, SliceTimes times, int rounds) {
    this.shops = shops;
    this.times = times;
    this.rounds = rounds;
  }

  CounterRow run(double perSecond) throws InterruptedException {
    CounterLag lag = new CounterLag(shops.counters());
    OpenLoop.Result result;
    try (DatabaseShop shop = shops.withCounters(lag, lag::in)) {
      result =
          new OpenLoop(shop.shop()::orderAsync, new Workload(Load.UNIFORM), perSecond)
              .run(times.warmUp(), times.measured().multipliedBy(rounds), window(lag));
      Verification.counts("orders CONFIRMED", result.all(), shop.database().count(CONFIRMED));
      shop.verify();
      shops.verifyCounters(shop);
    }
    Verification.counts("changes that were not counted", 0, lag.waiting());
    Histogram seen = lag.seen();
    if (seen.getTotalCount() == 0) {
      throw new Verification.FailedException("no change was measured: measure longer");
    }
    return CounterRow.figure(
        "half load ("
            + Texts.rate(result.perSecond())
            + " orders/s): from commit to Redis, of "
            + Texts.whole((double) seen.getTotalCount())
            + " changes",
        "p50 "
            + Texts.millis(seen.getValueAtPercentile(50) / 1e6)
            + " ms, p99 "
            + Texts.millis(seen.getValueAtPercentile(99) / 1e6)
            + " ms",
        "p99 below 50 ms");
  }

  private static ClosedLoop.Window window(CounterLag lag) {
    return new ClosedLoop.Window() {
      @Override
      public void opened() {
        lag.measure(true);
      }

      @Override
      public void closed() {
        awaitChange(lag);
        lag.measure(false);
      }
    };
  }

  /** Orders go on while the window closes, so a slow machine needs only more time. */
  private static void awaitChange(CounterLag lag) {
    long began = System.nanoTime();
    while (lag.seen().getTotalCount() == 0 && System.nanoTime() - began < LONGEST_WAIT.toNanos()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
