package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.error.OverloadedException;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More callers than places, for as long as it takes: what is due goes on all the same. */
class DueWorkIT {
  private static final int CALLERS = 40;
  private static final int PLACES = 20;

  private final AtomicBoolean overload = new AtomicBoolean(true);
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  @Test
  @DisplayName("R27: a refund and an expiring hold, while 40 callers want each of 20 places")
  void refundsAndExpiryGoOnUnderOverload() {
    SimulatedGateway slow = SimulatedGateway.builder().latency(Duration.ofMillis(500)).build();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (TestShop shop = TestShop.over(TestDatabase.fresh(), slow)) {
      // given: an order to be refunded later, and callers who want all places all the time
      TechCorp library =
          shop.start(builder -> builder.engine(EngineOptions.DEFAULT.withMaxInFlight(PLACES)));
      UUID product = shop.product(library, 1_000_000);
      PlaceOrder request = shop.order(product, 1);
      OrderReceipt sold = library.orders().place(request);
      TestShop.outcome(sold);
      List<CompletableFuture<Void>> load = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        load.add(CompletableFuture.runAsync(() -> placeAll(shop, library, product), callers));
      }
      TestShop.eventually(() -> assertThat(refused).hasValueGreaterThan(100));

      // when
      UUID hold = UUID.randomUUID();
      retried(
          () ->
              library
                  .inventory()
                  .reserve(hold, List.of(new StockLine(product, 7)), Duration.ofSeconds(1)));
      retried(() -> library.orders().cancel(request.userId(), sold.orderId(), "too late"));

      // then: both are done while the overload lasts
      TestShop.eventually(
          () -> {
            assertThat(shop.count("payments.refunds where status = 'SUCCEEDED'")).isEqualTo(1);
            assertThat(
                    shop.count(
                        "inventory.reservations where status = 'EXPIRED' and order_id = '"
                            + hold
                            + "'"))
                .isEqualTo(1);
          });
      assertThat(load).noneMatch(CompletableFuture::isDone);
      long before = refused.get();
      TestShop.eventually(() -> assertThat(refused).hasValueGreaterThan(before + 100));

      overload.set(false);
      CompletableFuture.allOf(load.toArray(CompletableFuture[]::new)).join();
      System.out.printf("%d accepted, %d refused%n", accepted.get(), refused.get());
      shop.assertSettles();
    } finally {
      overload.set(false);
      callers.shutdownNow();
    }
  }

  private void placeAll(TestShop shop, TechCorp library, UUID product) {
    while (overload.get()) {
      try {
        library.orders().place(shop.order(product, 1));
        accepted.incrementAndGet();
      } catch (OverloadedException e) {
        refused.incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  /** A place for it is as hard to get as for an order. */
  private static void retried(Runnable call) {
    TestShop.eventually(
        () -> {
          try {
            call.run();
          } catch (OverloadedException e) {
            throw new AssertionError("no place yet", e);
          }
        });
  }
}
