package com.techcorp.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
   * @param lease how long from now; zero gives the lease up, for anyone to take at once
   * @return false while another relay holds it
   */
  boolean hold(UUID relay, Duration lease);

  /**
   * A page of what waits, by order id (which grows with the orders' age), each order's events
   * together and by sequence. The page shows one instant, and an order's event is written only
   * after the one before is committed: so within a page no event of an order is missing in front of
   * another. The page may end within an order.
   *
   * <p>Pages go by order and not by event so that a reader can step over orders that are stuck
   * without ever stepping over the first half of one: the rest of the last order of a page is left
   * to a later pass.
   *
   * @param after the order behind which the page begins; null: from the beginning
   * @param limit how many events at the most
   * @return the events; they stay in the outbox
   */
  List<Event> oldest(@Nullable UUID after, int limit);

  /**
   * Removes events that every subscriber has (or that were dead-lettered).
   *
   * @param relay who published them; nothing is removed unless it still holds the lease
   * @param events which; those that are no longer there are ignored
   * @return false if the lease was lost
   */
  boolean published(UUID relay, Collection<Event> events);

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
