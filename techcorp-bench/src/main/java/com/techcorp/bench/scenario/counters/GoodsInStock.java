package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.CallLoop;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Orders of goods in stock, with counters and without; and how long a counter is behind while there
 * are half as many orders as there could be.
 */
final class GoodsInStock implements Measurement {
  private static final double LEAST = 0.97;

  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";

  private final CounterShops shops;
  private final SliceTimes times;
  private final int rounds;
  private final List<Integer> clients;

  /**
   * Measures nothing yet.
   *
   * @param clients who order at the same time, one measurement for each number
   */
  GoodsInStock(CounterShops shops, SliceTimes times, int rounds, List<Integer> clients) {
    this.shops = shops;
    this.times = times;
    this.rounds = rounds;
    this.clients = List.copyOf(clients);
  }

  @Override
  public List<CounterRow> run() throws InterruptedException {
    List<CounterRow> rows = new ArrayList<>();
    double most = 0;
    for (int count : clients) {
      List<List<Double>> rates = rates(count);
      rows.add(
          CounterRow.rates(
              "goods in stock, " + count + (count == 1 ? " client" : " clients") + ": orders",
              rates.get(0),
              rates.get(1),
              LEAST));
      most = Math.max(most, Summary.of(rates.get(1)).median());
    }
    rows.add(new HalfLoad(shops, times, rounds).run(most / 2));
    return rows;
  }

  private List<List<Double>> rates(int count) throws InterruptedException {
    try (DatabaseShop without = shops.withoutCounters();
        DatabaseShop with = shops.withCounters()) {
      Side first = new Side(without, count);
      Side second = new Side(with, count);
      List<List<Double>> rates =
          ShortSlices.rates(rounds, List.of(first::perSecond, second::perSecond));
      first.verify();
      second.verify();
      shops.verifyCounters(with);
      return rates;
    }
  }

  /** A shop, and how many orders its clients were told of. */
  private final class Side {
    private final DatabaseShop shop;
    private final int count;
    private final Workload workload = new Workload(Load.UNIFORM);
    private final LongAdder confirmed = new LongAdder();

    Side(DatabaseShop shop, int count) {
      this.shop = shop;
      this.count = count;
    }

    double perSecond() throws InterruptedException {
      return new CallLoop(buyers()).perSecond(ShortSlices.times(times));
    }

    private List<CallLoop.Call> buyers() {
      List<CallLoop.Call> buyers = new ArrayList<>();
      SplittableRandom seeds = new SplittableRandom();
      for (int i = 0; i < count; i++) {
        SplittableRandom random = seeds.split();
        buyers.add(() -> buy(random));
      }
      return buyers;
    }

    private void buy(SplittableRandom random) {
      shop.shop().order(workload.next(random));
      confirmed.increment();
    }

    void verify() {
      Verification.counts("orders CONFIRMED", confirmed.sum(), shop.database().count(CONFIRMED));
      shop.verify();
    }
  }
}
