package com.techcorp.order.internal;

import com.techcorp.order.OrderStore;
import com.techcorp.order.OrderStore.NumberBlock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hands out order numbers from reserved blocks, so that placing an order reserves none itself. */
final class OrderNumbers {
  private final OrderStore orders;
  private @Nullable NumberBlock block;
  private int used;

  OrderNumbers(OrderStore orders) {
    this.orders = orders;
  }

  synchronized String next() {
    NumberBlock now = block;
    if (now == null || used == now.count()) {
      now = orders.reserveNumbers();
      block = now;
      used = 0;
    }
    return String.format(Locale.ROOT, "TC-%d-%06d", now.year(), now.first() + used++);
  }

  /** The year has changed: what is left of the block is not used. */
  synchronized void discard() {
    block = null;
  }
}
