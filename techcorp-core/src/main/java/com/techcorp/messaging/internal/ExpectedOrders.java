package com.techcorp.messaging.internal;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Orders whose first events this process is committing. These come from memory, so a pass over the
 * outbox that finds them first steps over them: else they would be published from both. A commit
 * that does not come back keeps its orders from the passes for {@link RelayWatch#PATIENCE}.
 * Thread-safe.
 */
final class ExpectedOrders {
  private final Map<UUID, Expected> orders = new ConcurrentHashMap<>();
  private final Runnable onSteppedOver;
  private final LongSupplier nanoTime;

  private static final class Expected {
    private final long since;
    private volatile boolean steppedOver;

    Expected(long since) {
      this.since = since;
    }
  }

  /**
   * @param onSteppedOver called when an order is expected no longer that a pass has stepped over
   */
  ExpectedOrders(Runnable onSteppedOver, LongSupplier nanoTime) {
    this.onSteppedOver = onSteppedOver;
    this.nanoTime = nanoTime;
  }

  /** Before their commit. */
  void add(Collection<UUID> committing) {
    long now = nanoTime.getAsLong();
    committing.forEach(order -> orders.put(order, new Expected(now)));
  }

  /** After it, whatever became of it: what was committed of them is under way by now. */
  void remove(Collection<UUID> committed) {
    boolean steppedOver = false;
    for (UUID order : committed) {
      Expected expected = orders.remove(order);
      steppedOver |= expected != null && expected.steppedOver;
    }
    if (steppedOver) {
      onSteppedOver.run();
    }
  }

  /** Whether a pass is to step over the order. */
  boolean stepOver(UUID order) {
    Expected expected = orders.get(order);
    if (expected == null || nanoTime.getAsLong() - expected.since > RelayWatch.PATIENCE.toNanos()) {
      return false;
    }
    expected.steppedOver = true;
    // It may have been removed before it was marked.
    if (orders.get(order) != expected) {
      onSteppedOver.run();
    }
    return true;
  }
}
