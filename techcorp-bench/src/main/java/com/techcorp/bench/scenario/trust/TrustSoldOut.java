package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** A crowd of 256 clients wants a product that is sold out; 16 clients buy other goods. */
final class TrustSoldOut implements Trouble {
  private static final int CROWD = 256;
  private static final int NEIGHBOURS = 16;
  private static final int UNITS = 5;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;
  private final int rounds;

  TrustSoldOut(BenchServer server, EngineOptions engine, SliceTimes times, int rounds) {
    this.server = server;
    this.engine = engine;
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    List<TrustRow> rows = new ArrayList<>();
    try (DatabaseShop trust = DatabaseShop.open(server, engine, new Provider(Duration.ZERO))) {
      trust.sellOut();
      rows.addAll(neighbours(trust));
      rows.addAll(crowdAlone(trust, "recorded as CANCELLED", 2));
      trust.verify();
    }
    OrderOptions thrown =
        OrderOptions.DEFAULT.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(false));
    try (DatabaseShop trust =
        DatabaseShop.open(server, engine, new Provider(Duration.ZERO), thrown)) {
      trust.sellOut();
      rows.addAll(crowdAlone(trust, "by SoldOut", 20));
      trust.verify();
    }
    return rows;
  }

  private List<TrustRow> neighbours(DatabaseShop trust) throws InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    List<Double> besideAgain = new ArrayList<>();
    try (TolerantClients neighbours =
        TolerantClients.start(trust.shop(), Workload.neighbours(), NEIGHBOURS, Duration.ZERO)) {
      neighbours.warmUp(times.warmUp());
      for (int round = 0; round < rounds; round++) {
        alone.add(neighbours.watch(times.measured()).confirmedPerSecond());
        beside.add(besideCrowd(trust, neighbours, Duration.ZERO));
        besideAgain.add(besideCrowd(trust, neighbours, AGAIN));
      }
    }
    return List.of(
        TrustRow.rates(
            "256 clients on a sold-out product at full speed: 16 others",
            alone,
            beside,
            "ratio at least 0.5"),
        TrustRow.rates(
            "the same, asking again after 100 ms: 16 others",
            alone,
            besideAgain,
            "ratio at least 0.8"));
  }

  /**
   * How many refusals the crowd gets when nobody else is there, and how soon it has a unit that
   * comes back. What it is to be compared with is another commit's: that is for {@code compare
   * --refusals}.
   */
  private List<TrustRow> crowdAlone(DatabaseShop trust, String how, int times) {
    List<Double> refused = new ArrayList<>();
    List<Duration> sold = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (TolerantClients crowd =
          TolerantClients.start(trust.shop(), new Workload(Load.HOT), CROWD, Duration.ZERO)) {
        crowd.warmUp(this.times.warmUp());
        refused.add(crowd.watch(this.times.measured()).refusedPerSecond());
        for (int unit = 0; unit < UNITS; unit++) {
          sold.add(comesBack(trust.database(), crowd));
        }
      }
    }
    return List.of(
        TrustRow.rate(
            "256 clients on a sold-out product, nobody else: refusals " + how,
            refused,
            times + " times those of 0c76d43: compare --refusals"),
        TrustRow.time(
            "the same: until a unit that comes back is sold, the longest of " + sold.size(),
            Collections.max(sold),
            LONGEST,
            "1 s at most"));
  }

  /** From the commit of another process, of which this one learns nothing. */
  private static Duration comesBack(BenchDatabase database, TolerantClients crowd) {
    long before = crowd.confirmed();
    database.execute(
        """
        with back as (
          update inventory.stock set available = available + 1 where product_id = '%1$s')
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        values ('%1$s', 1, 'ADJUSTMENT', now())
        """
            .formatted(Workload.hot()));
    long committed = System.nanoTime();
    OptionalLong at = crowd.soldAt(before, LONGEST);
    return at.isEmpty() ? LONGEST : Duration.ofNanos(Math.max(0, at.getAsLong() - committed));
  }

  private double besideCrowd(DatabaseShop trust, TolerantClients neighbours, Duration pause)
      throws InterruptedException {
    try (TolerantClients crowd =
        TolerantClients.start(trust.shop(), new Workload(Load.HOT), CROWD, pause)) {
      crowd.warmUp(times.warmUp());
      return neighbours.watch(times.measured()).confirmedPerSecond();
    }
  }
}
