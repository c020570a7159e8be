package com.techcorp.messaging;

import java.time.Duration;
import java.util.Set;

/**
 * A named consumer with its event types, handler and options. Immutable; each {@code with} method
 * returns a changed copy.
 *
 * @param consumer its name, across processes and restarts
 * @param types the routing keys it wants, such as {@code order.confirmed}
 * @param handler what it does
 * @param options how the bus inside the process serves it; other buses have their own options and
 *     respect the time-out
 */
public record Subscription(
    String consumer, Set<String> types, Handler handler, ConsumerOptions options) {
  /** Makes an unmodifiable copy of the types. */
  public Subscription {
    types = Set.copyOf(types);
  }

  /**
   * Creates a subscription with {@link ConsumerOptions#DEFAULT}.
   *
   * @param consumer its name, across processes and restarts
   * @param types the routing keys it wants, such as {@code order.confirmed}
   * @param handler what it does
   */
  public Subscription(String consumer, Set<String> types, Handler handler) {
    this(consumer, types, handler, ConsumerOptions.DEFAULT);
  }

  /**
   * Returns the subscription with other options.
   *
   * @param other how it is served
   * @return a changed copy
   */
  public Subscription withOptions(ConsumerOptions other) {
    return new Subscription(consumer, types, handler, other);
  }

  /**
   * Returns the subscription with another time-out.
   *
   * @param limit for one event, at least 1 ms; default 3 minutes
   * @return a changed copy
   */
  public Subscription withTimeout(Duration limit) {
    return withOptions(options.withTimeout(limit));
  }

  /** Handles the events of a subscription. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Handles an event; may be called again with the same one. A call that takes longer than the
     * consumer's time-out is interrupted: it should end then.
     *
     * @param event the event
     * @throws Exception it is offered again, and after a bounded number of times kept as a dead
     *     letter
     */
    void handle(Event event) throws Exception;
  }
}
