package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A crowd asks again and again for a sold-out product: what 16 clients keep who buy other goods.
 */
final class Neighbours implements Measurement {
  private static final int CLIENTS = 16;
  private static final double LEAST = 0.8;

  private final CounterShops shops;
  private final Crowd crowd;
  private final SliceTimes times;
  private final int rounds;

  Neighbours(CounterShops shops, Crowd crowd, SliceTimes times, int rounds) {
    this.shops = shops;
    this.crowd = crowd;
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<CounterRow> run() throws InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    try (DatabaseShop shop = shops.withCounters()) {
      shop.sellOut();
      try (TolerantClients neighbours =
          TolerantClients.start(shop.shop(), Workload.neighbours(), CLIENTS, Duration.ZERO)) {
        neighbours.warmUp(times.warmUp().plus(times.measured()));
        for (int round = 0; round < rounds; round++) {
          alone.add(neighbours.watch(times.measured()).confirmedPerSecond());
          beside.add(besideCrowd(shop, neighbours));
        }
      }
      shop.verify();
      shops.verifyCounters(shop);
    }
    return List.of(
        CounterRow.rates("16 others, alone and beside the crowd: orders", alone, beside, LEAST));
  }

  private double besideCrowd(DatabaseShop shop, TolerantClients neighbours) {
    try (TolerantClients clients = crowd.start(shop, Crowd.AGAIN)) {
      clients.warmUp(times.warmUp());
      return neighbours.watch(times.measured()).confirmedPerSecond();
    }
  }
}
