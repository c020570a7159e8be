package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A crowd on a sold-out product, and nobody else: how many refusals it gets from what the process
 * remembers, and how many with counters; and what refusals write.
 */
final class Refusals implements Measurement {
  /** Only a transaction that writes is given an id. */
  private static final String TRANSACTIONS =
      "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  private static final String ROWS =
      """
      select (select count(*) from orders.orders) + (select count(*) from orders.idempotency_keys)
        + (select count(*) from messaging.outbox) + (select count(*) from inventory.stock_movements)
      """;

  private final CounterShops shops;
  private final Crowd crowd;
  private final SliceTimes times;
  private final SliceTimes slice;
  private final int rounds;
  private long refused;
  private long written;
  private long nanos;

  Refusals(CounterShops shops, Crowd crowd, SliceTimes times, int rounds) {
    this.shops = shops;
    this.crowd = crowd;
    this.times = times;
    this.slice = ShortSlices.times(times);
    this.rounds = rounds;
  }

  @Override
  public List<CounterRow> run() throws InterruptedException {
    try (DatabaseShop remembering = shops.withoutCounters();
        DatabaseShop counting = shops.withCounters()) {
      sellTheLastUnit(remembering);
      sellTheLastUnit(counting);
      double atRest = writtenAtRest(counting);
      long rows = counting.database().count(ROWS);
      List<List<Double>> rates =
          ShortSlices.rates(rounds, List.of(() -> watch(remembering), () -> watchWrites(counting)));
      Verification.counts("rows once orders were refused", rows, counting.database().count(ROWS));
      remembering.verify();
      counting.verify();
      shops.verifyCounters(counting);
      return List.of(
          CounterRow.rates(
              crowd.clients() + " on a sold-out product: refusals", rates.get(0), rates.get(1), 1),
          new CounterRow(
              "transactions that write: at rest, and with the crowd",
              Texts.one(atRest) + "/s",
              Texts.one(written * 1e9 / nanos) + "/s",
              null,
              "none for a refusal: at most 4/s more, for looks at the stock"),
          CounterRow.figure(
              "rows left by " + Texts.whole((double) refused) + " refusals", "0", "0"));
    }
  }

  /** So that there is a counter, which says zero. */
  private static void sellTheLastUnit(DatabaseShop shop) {
    shop.sellOut();
    shop.shop().library().inventory().restock(Workload.hot(), 1);
    shop.shop().order(new Workload(Load.HOT).next(new SplittableRandom()));
  }

  private double writtenAtRest(DatabaseShop shop) {
    Duration time = times.measured();
    long before = shop.database().count(TRANSACTIONS);
    long began = System.nanoTime();
    TolerantClients.pass(time);
    long after = shop.database().count(TRANSACTIONS);
    return (after - before) * 1e9 / (System.nanoTime() - began);
  }

  private double watch(DatabaseShop shop) {
    try (TolerantClients clients = crowd.start(shop, Duration.ZERO)) {
      clients.warmUp(slice.warmUp());
      return clients.watch(slice.measured()).refusedPerSecond();
    }
  }

  private double watchWrites(DatabaseShop shop) {
    try (TolerantClients clients = crowd.start(shop, Duration.ZERO)) {
      clients.warmUp(slice.warmUp());
      long began = System.nanoTime();
      long before = shop.database().count(TRANSACTIONS);
      TolerantClients.Seen seen = clients.watch(slice.measured());
      written += shop.database().count(TRANSACTIONS) - before;
      nanos += System.nanoTime() - began;
      refused += seen.refused();
      return seen.refusedPerSecond();
    }
  }
}
