package com.techcorp.messaging.internal;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;

/**
 * Orders whose first events this process is committing. These come from memory, so a pass over the
 * outbox that finds them first steps over them: else they would be published from both. A commit
 * that does not come back keeps its orders from the passes for {@link RelayWatch#PATIENCE}.
 * Thread-safe.
 */
final class ExpectedOrders {
  private final Map<UUID, Expected> orders = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  private static final class Expected {
    private final long since;

    /** The last event of it that a pass has stepped over; 0: none. */
    private volatile int steppedOver;

    Expected(long since) {
      this.since = since;
    }
  }

  ExpectedOrders(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Before their commit. */
  void add(Collection<UUID> committing) {
    long now = nanoTime.getAsLong();
    committing.forEach(order -> orders.put(order, new Expected(now)));
  }

  /**
   * After it, whatever became of it: what was committed of them is under way by now.
   *
   * @param onSteppedOver called with each order that a pass has stepped over, and its last event
   *     there
   */
  void remove(Collection<UUID> committed, ObjIntConsumer<UUID> onSteppedOver) {
    for (UUID order : committed) {
      Expected expected = orders.remove(order);
      if (expected != null && expected.steppedOver > 0) {
        onSteppedOver.accept(order, expected.steppedOver);
      }
    }
  }

  /**
   * Whether a pass is to step over the order.
   *
   * @param last its last event that the pass found
   */
  boolean stepOver(UUID order, int last) {
    Expected expected = orders.get(order);
    if (expected == null || nanoTime.getAsLong() - expected.since > RelayWatch.PATIENCE.toNanos()) {
      return false;
    }
    expected.steppedOver = last;
    // Else it was removed before it was marked, and nobody would hear of it.
    return orders.get(order) == expected;
  }
}
