package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.error.SoldOutException;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.HealthStatus;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counters that throw when they are read: the next look comes all the same. */
class CounterReadFaultsTest {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final SteppedClock clock = SteppedClock.create();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final MemoryCarts carts = new MemoryCarts();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryCustomers customers = new MemoryCustomers();
  private final Kept counter = new Kept();
  private final UUID user = UUID.randomUUID();
  private final UUID address = UUID.randomUUID();
  private final TechCorp shop =
      TechCorp.builder()
          .threads(threads)
          .storage(storage)
          .payments(SimulatedGateway.approving())
          .carts(carts)
          .catalog(catalog)
          .customers(customers)
          .counters(counter)
          .start();

  /** Throws {@code fault} on each read, unless that is null. */
  private static final class Kept implements StockCounter {
    private final Map<UUID, StockCount> counts = new HashMap<>();
    private Throwable fault;
    private int failed;

    @Override
    public void write(List<StockCount> changed) {
      changed.forEach(count -> counts.merge(count.productId(), count, StockCount::newer));
    }

    @Override
    public Map<UUID, StockCount> read(Collection<UUID> products) {
      failed += fault == null ? 0 : 1;
      if (fault instanceof Error error) {
        throw error;
      } else if (fault != null) {
        throw (RuntimeException) fault;
      }
      return counts;
    }

    @Override
    public void replace(StockCount wrong, StockCount right) {}
  }

  @AfterEach
  void stop() {
    threads.stop();
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new UnavailableException("away"),
        new IllegalStateException("odd"),
        new StackOverflowError("deep"),
        new NoClassDefFoundError("gone"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theNextLookComesAndNothingEscapes(Throwable fault) {
    // given
    customers.put(new Customer(user, "ana@example.com", "Ana", "pt-BR"), address);
    UUID product = UUID.randomUUID();
    catalog.put(new Product(product, "Product", 1_000, "BRL", 1));
    shop.inventory().restock(product, 1);
    threads.run();
    assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> place(product, 2));

    // when
    counter.fault = fault;
    pass(LOOK.multipliedBy(3));
    int failed = counter.failed;
    counter.fault = null;
    comesBackElsewhere(product);
    pass(LOOK);

    // then: the shortage is known for a second, unless a look ends it
    assertThat(failed).isGreaterThanOrEqualTo(2);
    assertThat(outcome(place(product, 2))).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop.health().counters())
        .containsEntry("faults.escaped", 0L)
        .containsEntry("faults.fatal", 0L);
    assertThat(shop.health().status()).isEqualTo(HealthStatus.UP);
  }

  private void comesBackElsewhere(UUID product) {
    StockEffect goods = new StockEffect.Restock(product, 1, MovementType.RECEIPT);
    storage.unitOfWork().commit(null, List.of(WriteSet.of(UUID.randomUUID(), goods)));
    counter.write(List.copyOf(storage.stock().counts(List.of(product)).values()));
  }

  private OrderReceipt place(UUID product, long units) {
    UUID cart = UUID.randomUUID();
    carts.put(cart, user, product, units);
    return shop.orders().place(PlaceOrder.of(user, cart, address, "credit_card", "tok_" + cart));
  }

  private OrderOutcome outcome(OrderReceipt receipt) {
    for (int i = 0; i < 100 && !receipt.outcome().isDone(); i++) {
      pass(LOOK);
    }
    return receipt.outcome().join();
  }

  private void pass(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(LOOK)) {
      clock.advance(LOOK);
      threads.run();
    }
  }
}
