package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.inventory.StockLevel;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SimulatedGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands want the last hundred. */
@Tag("slow")
class LastUnitsIT {
  private static final int UNITS = 100;
  private static final int THREADS = 64;

  @Test
  @Tag("T01")
  @Tag("T06")
  @DisplayName("T01 T06 the last units are sold once each, and nobody deadlocks over them")
  void theLastUnitsAreSoldOnceEach() throws Exception {
    sell(3_000);
  }

  @Test
  @Tag("soak")
  @DisplayName("T01 T06 ten thousand want the last hundred")
  void theLastUnitsAreSoldOnceEachToTenThousand() throws Exception {
    sell(10_000);
  }

  private void sell(int orders) throws Exception {
    try (PostgresServer server = PostgresServer.start();
        TestShop shop = TestShop.over(TestDatabase.on(server), SimulatedGateway.approving())) {
      // given
      TechCorp library = shop.start();
      UUID product = shop.product(library, UNITS);
      List<PlaceOrder> requests = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        requests.add(shop.order(product, 1));
      }

      // when
      long start = System.nanoTime();
      List<OrderOutcome> outcomes = placed(library, requests);
      System.out.printf(
          "%,d orders for %d units: %,d ms%n",
          orders, UNITS, (System.nanoTime() - start) / 1_000_000);

      // then
      Map<Boolean, List<OrderOutcome>> confirmed =
          outcomes.stream()
              .collect(Collectors.partitioningBy(OrderOutcome.Confirmed.class::isInstance));
      assertThat(confirmed.get(true)).hasSize(UNITS);
      assertThat(confirmed.get(false))
          .hasSize(orders - UNITS)
          .allSatisfy(
              outcome ->
                  assertThat(((OrderOutcome.Cancelled) outcome).reason())
                      .isEqualTo(new CancelReason.OutOfStock(product)));
      shop.assertSettles();
      assertThat(library.inventory().levels(List.of(product)))
          .containsEntry(product, new StockLevel(product, 0, 0));
      assertThat(shop.count("inventory.stock_movements where movement_type = 'SALE'"))
          .isEqualTo(UNITS);
      assertThat(shop.gateway.money().charges()).isEqualTo(UNITS);
      assertThat(server.log()).doesNotContainIgnoringCase("deadlock detected");
    }
  }

  private static List<OrderOutcome> placed(TechCorp library, List<PlaceOrder> requests)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<OrderReceipt>> calls = new ArrayList<>();
      requests.forEach(request -> calls.add(() -> library.orders().place(request)));
      List<OrderOutcome> outcomes = new ArrayList<>();
      for (Future<OrderReceipt> placed : clients.invokeAll(calls)) {
        outcomes.add(TestShop.outcome(placed.get()));
      }
      return outcomes;
    } finally {
      clients.shutdown();
    }
  }
}
