package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.error.OverloadedException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** 40 callers on 20 places in flight, a provider that takes a second: how long refunds wait. */
final class TrustOverload implements Trouble {
  private static final int CALLERS = 40;
  private static final int PLACES = 20;
  private static final int REFUNDS = 5;
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration ASK_AGAIN = Duration.ofMillis(1);

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;

  TrustOverload(BenchServer server, EngineOptions engine, SliceTimes times) {
    this.server = server;
    this.engine = engine.withMaxInFlight(PLACES);
    this.times = times;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    Semaphore refunded = new Semaphore(0);
    Provider provider = new Provider(SLOW, () -> {}, refunded::release);
    List<Duration> waits = new ArrayList<>();
    try (DatabaseShop trust = DatabaseShop.open(server, engine, provider)) {
      List<Bought> bought = buy(trust.shop());
      try (TolerantClients callers =
          TolerantClients.start(trust.shop(), new Workload(Load.UNIFORM), CALLERS, Duration.ZERO)) {
        callers.warmUp(times.warmUp());
        for (Bought order : bought) {
          callers.watch(times.measured().dividedBy(REFUNDS));
          cancel(trust.shop(), order);
          long began = System.nanoTime();
          boolean came = refunded.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
          waits.add(came ? Duration.ofNanos(System.nanoTime() - began) : LONGEST);
        }
      }
      trust.verify();
      return List.of(
          TrustRow.time(
              "40 callers on 20 places: until a due refund is sent, the longest of " + REFUNDS,
              Collections.max(waits),
              LONGEST,
              "2 s at most"));
    }
  }

  private record Bought(UUID user, UUID order) {}

  private static List<Bought> buy(EngineShop shop) {
    SplittableRandom random = new SplittableRandom();
    List<Bought> bought = new ArrayList<>();
    for (int i = 0; i < REFUNDS; i++) {
      Draft draft = new Workload(Load.UNIFORM).next(random);
      OrderOutcome outcome = shop.outcomeOf(draft).join();
      bought.add(new Bought(draft.userId(), ((OrderOutcome.Confirmed) outcome).orderId()));
    }
    return bought;
  }

  private static void cancel(EngineShop shop, Bought bought) {
    while (true) {
      try {
        shop.library().orders().cancel(bought.user(), bought.order(), "measured");
        return;
      } catch (OverloadedException e) {
        TolerantClients.pass(ASK_AGAIN);
      }
    }
  }
}
