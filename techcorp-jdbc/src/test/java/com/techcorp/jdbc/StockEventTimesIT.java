package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long it takes from the sale of a last unit until a consumer hears of it. */
@Tag("soak")
class StockEventTimesIT {
  private static final int PRODUCTS = 1_000;
  private static final int CLIENTS = 8;
  private static final Duration POLL = RelayOptions.DEFAULT.pollInterval();

  private final Map<UUID, Long> heard = new ConcurrentHashMap<>();

  private void hear(Event event) {
    heard.put(event.stream().id(), System.nanoTime());
  }

  @Test
  void consumersHearSoonThatAProductIsSoldOut() throws Exception {
    try (TestShop shop = TestShop.over(TestDatabase.fresh(), SimulatedGateway.approving())) {
      // given
      TechCorp library =
          shop.start(
              builder ->
                  builder.subscribe("index", Set.of(ProductUpdates.ROUTING_KEY), this::hear));
      List<UUID> products = new ArrayList<>();
      for (int i = 0; i < PRODUCTS; i++) {
        products.add(shop.product(library, 1));
      }
      TestShop.eventually(() -> assertThat(heard).hasSize(PRODUCTS));
      shop.assertSettles();
      heard.clear();

      // when
      Map<UUID, Long> sold = sellAll(shop, library, products);

      // then
      TestShop.eventually(() -> assertThat(heard).hasSize(PRODUCTS));
      List<Long> millis =
          products.stream()
              .map(product -> Math.max(0, heard.get(product) - sold.get(product)) / 1_000_000)
              .sorted()
              .toList();
      System.out.printf(
          "From the commit to a consumer, of %,d sold-out products: p50 %d ms, p99 %d ms, most %d ms%n",
          PRODUCTS,
          millis.get(PRODUCTS / 2),
          millis.get(PRODUCTS * 99 / 100),
          millis.get(PRODUCTS - 1));
      assertThat(millis.get(PRODUCTS * 99 / 100)).isLessThan(POLL.multipliedBy(10).toMillis());
    }
  }

  /** Gives when each order was durable. */
  private static Map<UUID, Long> sellAll(TestShop shop, TechCorp library, List<UUID> products)
      throws Exception {
    Map<UUID, Long> sold = new ConcurrentHashMap<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (UUID product : products) {
        PlaceOrder request = shop.order(product, 1);
        calls.add(
            () -> {
              library.orders().place(request);
              sold.put(product, System.nanoTime());
              Thread.sleep(20); // so that the times are spread over many polls
              return null;
            });
      }
      for (Future<Void> call : clients.invokeAll(calls)) {
        call.get();
      }
    } finally {
      clients.shutdown();
    }
    return sold;
  }
}
