package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Workload;
import com.techcorp.servers.process.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Another process releases units under a crowd, one at a time: how soon each of them is sold. */
final class ReleasedUnits implements Measurement {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int PART = 10;
  private static final String SOLD =
      "select count(*) from orders.orders where status = 'CONFIRMED'";
  private static final String LEFT =
      "select available + reserved from inventory.stock where product_id = '%s'";

  private final CounterShops shops;
  private final Crowd crowd;
  private final SliceTimes times;
  private final int units;

  /**
   * Measures nothing yet.
   *
   * @param units released under a crowd that asks again after a while; a tenth as many under one
   *     that asks at full speed
   */
  ReleasedUnits(CounterShops shops, Crowd crowd, SliceTimes times, int units) {
    this.shops = shops;
    this.crowd = crowd;
    this.times = times;
    this.units = units;
  }

  @Override
  public List<CounterRow> run() throws InterruptedException {
    int few = Math.max(1, units / PART);
    try (DatabaseShop shop = shops.withCounters()) {
      shop.sellOut();
      Summary quick;
      Summary again;
      try (ChildJvm other = start(shop, few + units)) {
        other.awaitLine(ReleasingProcess.READY, START);
        quick = release(shop, other, few, Duration.ZERO);
        again = release(shop, other, units, Crowd.AGAIN);
        other.exitCode(START);
      }
      long sold = shop.database().count(SOLD);
      Verification.counts("orders of units that were released", few + units, sold);
      Verification.counts("units left", 0, shop.database().count(LEFT.formatted(Workload.hot())));
      shop.verifyBesideHolds();
      shops.verifyCounters(shop);
      return List.of(
          row("at full speed", few, quick),
          row("again after 100 ms", units, again),
          CounterRow.figure(
              "units released one at a time, and sold",
              few + units + ", " + sold,
              "all, none twice"));
    }
  }

  private static CounterRow row(String how, int count, Summary seconds) {
    return CounterRow.figure(
        "a crowd that asks "
            + how
            + ": until a unit that another process releases is sold, of "
            + count,
        "median " + Texts.two(seconds.median()) + " s, longest " + Texts.two(seconds.most()) + " s",
        "below 1 s");
  }

  private ChildJvm start(DatabaseShop shop, int count) {
    return ChildJvm.of(ReleasingProcess.class)
        .jvmOptions(
            "-Xmx256m", "-XX:TieredStopAtLevel=1") // it does little, and shall compile little
        .args(shop.database().url(), shops.redis().uri(), String.valueOf(count))
        .start();
  }

  /** Seconds from the order to release a unit, before that is committed, to its buyer's answer. */
  private Summary release(DatabaseShop shop, ChildJvm other, int count, Duration pause) {
    try (TolerantClients clients = crowd.start(shop, pause)) {
      clients.warmUp(times.warmUp());
      List<Double> seconds = new ArrayList<>();
      for (int unit = 0; unit < count; unit++) {
        long began = System.nanoTime();
        other.send("release");
        long sold =
            clients
                .soldAt(unit, LONGEST)
                .orElseThrow(
                    () ->
                        new Verification.FailedException(
                            "a unit that came back was not sold within " + LONGEST));
        seconds.add((sold - began) / 1e9);
      }
      clients.stop();
      Verification.counts("units that a crowd got", count, clients.confirmed());
      return Summary.of(seconds);
    }
  }
}
