package com.techcorp.contracts;

import com.techcorp.order.spi.OrderStore;
import java.time.Duration;

/** The orders of a storage, in short words. */
public abstract class OrderStoreScenario extends StorageContract {
  static final Duration STEP = Duration.ofMinutes(1);

  /** For subclasses. */
  protected OrderStoreScenario() {}

  final OrderStore orders() {
    return storage().orders();
  }

  final OrderFixture placed() {
    OrderFixture order = OrderFixture.of(orders());
    write(order.create());
    return order;
  }
}
