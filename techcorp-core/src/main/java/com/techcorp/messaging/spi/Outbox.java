package com.techcorp.messaging.spi;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that are committed and not yet published; written through {@link OutboxEffect}s.
 * Thread-safe; throws {@link com.techcorp.error.UnavailableException} when the storage cannot be
 * reached.
 *
 * <p>An event is held by the node under whose fence it was written; an event without a fence has no
 * holder. A node publishes the events that it holds, and takes over events without a holder or of a
 * node that is no longer registered. So each event has one relay as long as that lives. When two
 * publish the same event after all (a process that was paused and taken for dead), no stream's
 * events change places: each of them publishes an event only after it has published the one before,
 * or seen that it is gone from here.
 */
public interface Outbox {
  /**
   * Takes over events that no registered node holds. Two nodes at once never get the same one.
   *
   * @param node who takes them
   * @param limit how many at the most
   * @return how many
   */
  int claim(int node, int limit);

  /**
   * Takes events away from a node that has held them too long without publishing them; the next
   * claim takes them over.
   *
   * @param node which holds them; it is still registered
   * @param olderThan how long ago they were written, at the least
   * @return how many
   */
  int release(int node, Duration olderThan);

  /**
   * Returns a page of what a node holds, by ordering key (whose ids grow with the streams' age),
   * each key's events together and by sequence. Events behind one that the node does not hold are
   * left out, because that one's holder publishes first. The page shows one instant, and a stream's
   * event is written only after the one before is committed: so within a page no event of a stream
   * is missing in front of another. The page may end within a stream.
   *
   * <p>Pages go by stream and never by a number that grows with each event, because transactions
   * commit out of order: continuing behind the highest number seen would skip events that commit
   * later.
   *
   * @param node whose
   * @param after the {@link Event#orderingKey} behind which the page begins; null: from the
   *     beginning
   * @param limit how many events at the most
   * @return the events; they stay in the outbox
   */
  List<Event> held(int node, @Nullable EventStream after, int limit);

  /**
   * Removes events that every subscriber has (or that were dead-lettered), whichever node holds
   * them.
   *
   * @param events which; those that are no longer there are ignored
   */
  void remove(Collection<Event> events);

  /**
   * Returns how many events wait, and since when.
   *
   * @return rows and the age of the oldest
   */
  Backlog backlog();

  /**
   * The number and age of the events in the outbox.
   *
   * @param events how many
   * @param age of the oldest; zero if there is none
   */
  record Backlog(long events, Duration age) {}
}
