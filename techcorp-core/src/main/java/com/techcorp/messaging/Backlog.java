package com.techcorp.messaging;

import java.time.Duration;
import java.util.Map;

/**
 * The events that wait to be delivered, as last measured. Immutable.
 *
 * @param events how many wait in the outbox; these count against the outbox's bound
 * @param age of the oldest in the outbox; zero if there is none
 * @param consumers what waits for one consumer each, by its name; this never counts against the
 *     outbox's bound
 */
public record Backlog(long events, Duration age, Map<String, Waiting> consumers) {
  /** Nothing waits, or nothing was measured yet. */
  public static final Backlog NONE = new Backlog(0, Duration.ZERO, Map.of());

  /** Makes an unmodifiable copy of the map. */
  public Backlog {
    consumers = Map.copyOf(consumers);
  }

  /**
   * The events that wait for one consumer.
   *
   * @param events how many
   * @param age how long the oldest has waited here
   * @param whilePaused how many of them came while the consumer was paused; these do not count
   *     against the bound of its backlog
   */
  public record Waiting(long events, Duration age, long whilePaused) {
    /**
     * Events of which none came while the consumer was paused.
     *
     * @param events how many
     * @param age how long the oldest has waited here
     */
    public Waiting(long events, Duration age) {
      this(events, age, 0);
    }
  }
}
