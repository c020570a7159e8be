package com.techcorp.bench;

import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A crowd of 256 clients wants a product that is sold out; 16 clients buy other goods. */
final class TrustSoldOut implements Trust.Part {
  private static final int CROWD = 256;
  private static final int NEIGHBOURS = 16;
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
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    List<Double> besideAgain = new ArrayList<>();
    List<Double> refused = new ArrayList<>();
    try (TrustShop trust = TrustShop.open(server, engine, new Provider(Duration.ZERO))) {
      sellOut(trust.database());
      try (TrustClients neighbours =
          TrustClients.start(trust.shop(), Workload.neighbours(), NEIGHBOURS, Duration.ZERO)) {
        neighbours.warmUp(times.warmUp());
        for (int round = 0; round < rounds; round++) {
          alone.add(neighbours.watch(times.measured()).confirmedPerSecond());
          beside.add(besideCrowd(trust, neighbours, Duration.ZERO));
          besideAgain.add(besideCrowd(trust, neighbours, AGAIN));
        }
      }
      for (int round = 0; round < rounds; round++) {
        refused.add(crowdAlone(trust));
      }
      trust.verify();
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
            "ratio at least 0.8"),
        TrustRow.rate(
            "256 clients on a sold-out product, nobody else: refusals recorded as CANCELLED",
            refused,
            "twice what it was"));
  }

  /** As if it had never been delivered, so that its movements still add up. */
  private static void sellOut(BenchDatabase database) {
    database.execute(
        """
        with gone as (
          update inventory.stock set available = 0 where product_id = '%1$s' returning product_id)
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, -sum(quantity), 'ADJUSTMENT', now()
        from inventory.stock_movements join gone using (product_id) group by product_id
        """
            .formatted(Workload.hot()));
  }

  private double besideCrowd(TrustShop trust, TrustClients neighbours, Duration pause)
      throws InterruptedException {
    try (TrustClients crowd =
        TrustClients.start(trust.shop(), new Workload(Load.HOT), CROWD, pause)) {
      crowd.warmUp(times.warmUp());
      return neighbours.watch(times.measured()).confirmedPerSecond();
    }
  }

  private double crowdAlone(TrustShop trust) throws InterruptedException {
    try (TrustClients crowd =
        TrustClients.start(trust.shop(), new Workload(Load.HOT), CROWD, Duration.ZERO)) {
      crowd.warmUp(times.warmUp());
      return crowd.watch(times.measured()).refusedPerSecond();
    }
  }
}
