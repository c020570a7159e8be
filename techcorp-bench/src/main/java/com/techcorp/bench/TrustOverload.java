package com.techcorp.bench;

import com.techcorp.error.Overloaded;
import com.techcorp.order.OrderOutcome;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** 40 callers on 20 places in flight, a provider that takes a second: how long a refund waits. */
final class TrustOverload implements Trust.Part {
  private static final int CALLERS = 40;
  private static final int PLACES = 20;
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration ASK_AGAIN = Duration.ofMillis(1);

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;

  TrustOverload(BenchServer server, EngineOptions engine, SliceTimes times) {
    this.server = server;
    this.engine = engine.maxInFlight(PLACES);
    this.times = times;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    CountDownLatch refunded = new CountDownLatch(1);
    Provider provider = new Provider(SLOW, () -> {}, refunded::countDown);
    try (TrustShop trust = TrustShop.open(server, engine, provider)) {
      Draft draft = new Workload(Load.UNIFORM).next(new SplittableRandom());
      UUID order = ((OrderOutcome.Confirmed) trust.shop().outcomeOf(draft).join()).orderId();
      Duration took;
      try (TrustClients callers =
          TrustClients.start(trust.shop(), new Workload(Load.UNIFORM), CALLERS, Duration.ZERO)) {
        callers.watch(times.measured());
        cancel(trust.shop(), draft.userId(), order);
        long began = System.nanoTime();
        boolean came = refunded.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        took = came ? Duration.ofNanos(System.nanoTime() - began) : LONGEST;
      }
      trust.verify();
      return List.of(
          TrustRow.time(
              "40 callers on 20 places: until a due refund is sent", took, LONGEST, "2 s at most"));
    }
  }

  private static void cancel(EngineShop shop, UUID user, UUID order) {
    while (true) {
      try {
        shop.library().orders().cancel(user, order, "measured");
        return;
      } catch (Overloaded e) {
        TrustClients.pass(ASK_AGAIN);
      }
    }
  }
}
