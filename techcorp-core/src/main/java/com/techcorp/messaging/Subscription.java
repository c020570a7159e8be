package com.techcorp.messaging;

import java.util.Set;

/**
 * A named consumer.
 *
 * @param consumer its name, across processes and restarts
 * @param types the routing keys it wants, such as {@code order.confirmed}
 * @param handler what it does
 */
public record Subscription(String consumer, Set<String> types, Handler handler) {
  /** Copies the types. */
  public Subscription {
    types = Set.copyOf(types);
  }

  /** What a consumer does with an event. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Handles an event; may be called again with the same one.
     *
     * @param event the event
     * @throws Exception it is offered again, and after a bounded number of times kept as a dead
     *     letter
     */
    void handle(Event event) throws Exception;
  }
}
