package com.techcorp.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Events that are committed and not yet published; written through {@link OutboxEffect}s.
 * Thread-safe; throws {@link com.techcorp.error.Unavailable} when the storage cannot be reached.
 *
 * <p>One relay at a time holds the outbox, by a lease on the storage's clock, so that nothing
 * overtakes within an order. A relay that dies loses it when the lease runs out.
 */
public interface Outbox {
  /**
   * Takes or renews the relay's lease.
   *
   * @param relay who
   * @param lease how long from now
   * @return false while another relay holds it
   */
  boolean hold(UUID relay, Duration lease);

  /**
   * The oldest events, in an order in which each order's events stand by sequence.
   *
   * @param limit how many at the most
   * @return the events; they stay in the outbox
   */
  List<Event> oldest(int limit);

  /**
   * Removes events that every subscriber has (or that were dead-lettered).
   *
   * @param relay who published them; nothing is removed unless it still holds the lease
   * @param eventIds which
   * @return false if the lease was lost
   */
  boolean published(UUID relay, Collection<UUID> eventIds);

  /**
   * How much waits.
   *
   * @return rows and the age of the oldest
   */
  Backlog backlog();

  /**
   * What waits in the outbox.
   *
   * @param events how many
   * @param age of the oldest; zero if there is none
   */
  record Backlog(long events, Duration age) {}
}
