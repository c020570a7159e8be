package com.techcorp.messaging.spi;

import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events that have left the outbox and wait for one consumer: it failed on them, took too long, or
 * was busy, or they stand behind such an event of the same stream. Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} when the storage cannot be reached.
 *
 * <p>The events of one stream that wait for one consumer are a {@link Queue}; an event of a stream
 * without order is alone in its queue. A queue is held by one node, which alone hands its events
 * over, in sequence; when that node is no longer registered, another takes the queue over. An event
 * stays here until it is removed or given up, so a crash in between repeats it and changes no
 * places.
 */
public interface ConsumerBacklog {
  /**
   * The events of one ordering key that wait for one consumer.
   *
   * @param consumer the consumer's name
   * @param key the events' {@link Event#orderingKey}
   */
  record Queue(String consumer, EventStream key) {
    /**
     * Returns the queue in which an event waits for a consumer.
     *
     * @param consumer the consumer's name
     * @param event the event
     * @return its queue
     */
    public static Queue of(String consumer, Event event) {
      return new Queue(consumer, event.orderingKey());
    }
  }

  /**
   * Events that move here.
   *
   * @param queue whose
   * @param events by sequence
   * @param attempts how often the consumer failed on the first of them
   * @param delay until the first of them is handed over again
   * @param reason why they move, without secrets; null if the consumer was only busy
   * @param whilePaused whether they move because the consumer is paused
   * @param superseding whether an event of an unordered stream takes the place of those of its
   *     stream and type that wait for the consumer already
   */
  record Move(
      Queue queue,
      List<Event> events,
      int attempts,
      Duration delay,
      @Nullable String reason,
      boolean whilePaused,
      boolean superseding) {
    /** Makes an unmodifiable copy of the events. */
    public Move {
      events = List.copyOf(events);
    }

    /**
     * A move of events that take no other's place, for a consumer that is not paused.
     *
     * @param queue whose
     * @param events by sequence
     * @param attempts how often the consumer failed on the first of them
     * @param delay until the first of them is handed over again
     * @param reason why they move, without secrets; null if the consumer was only busy
     */
    public Move(
        Queue queue, List<Event> events, int attempts, Duration delay, @Nullable String reason) {
      this(queue, events, attempts, delay, reason, false, false);
    }

    /**
     * Returns this move with the events of a later one of the same queue behind its own.
     *
     * @param next the later one
     * @return both in one
     */
    public Move followedBy(Move next) {
      List<Event> all = new ArrayList<>(events);
      all.addAll(next.events);
      return new Move(
          queue, all, attempts, delay, reason, whilePaused || next.whilePaused, superseding);
    }

    /**
     * Leaves out the events whose place a later move takes.
     *
     * @param moves in the order in which they were asked for, each queue at most once
     * @return those that are left
     */
    public static List<Move> latest(Collection<Move> moves) {
      Map<Object, Move> latest = new LinkedHashMap<>();
      for (Move move : moves) {
        Object key = move.supersedes() ? move.superseded() : move.queue;
        latest.remove(key);
        latest.put(key, move);
      }
      return List.copyOf(latest.values());
    }

    /**
     * Returns whether it takes the place of other events: never in an ordered stream.
     *
     * @return false if it only adds
     */
    public boolean supersedes() {
      return superseding && !events.isEmpty() && !events.get(0).isOrdered();
    }

    /** Returns what the events have in common of which only the last one stays. */
    private List<Object> superseded() {
      Event event = events.get(0);
      return List.of(queue.consumer(), event.stream(), event.type());
    }
  }

  /**
   * Events whose turn it is.
   *
   * @param queue whose
   * @param attempts how often the consumer failed on the first of them
   * @param events by sequence, the first being the one that waits longest; at least one
   */
  record Due(Queue queue, int attempts, List<Event> events) {
    /** Makes an unmodifiable copy of the events. */
    public Due {
      events = List.copyOf(events);
    }
  }

  /**
   * Events that a consumer has handled.
   *
   * @param queue whose
   * @param events which
   */
  record Handled(Queue queue, List<Event> events) {
    /** Makes an unmodifiable copy of the events. */
    public Handled {
      events = List.copyOf(events);
    }
  }

  /**
   * An event that its consumer did not handle when it was handed over: the first that waits in its
   * queue.
   *
   * @param queue whose
   * @param attempts how often the consumer has failed on it; a pause is no failure
   * @param delay until it is handed over again
   * @param reason why, without secrets
   */
  record Retry(Queue queue, int attempts, Duration delay, String reason) {}

  /**
   * Puts events behind what waits in their queues already; an event that is there stays as it is.
   * All of them are kept, or none. What a superseding move takes the place of is removed, unless
   * another transaction is at work on it at this moment. The attempts, the delay and the reason
   * count only for a queue that was empty.
   *
   * @param holder who hands over the queues that were empty; null: the node that comes first
   * @param moves which events, each queue at most once
   */
  void add(@Nullable Fence holder, List<Move> moves);

  /**
   * Returns those of the queues in which events wait. An event of any other may be handed over
   * directly, if it is the next one of its stream in the outbox: what was before it has been
   * handled.
   *
   * @param queues which to look at
   * @return those that are not empty
   */
  Set<Queue> waitingIn(Collection<Queue> queues);

  /**
   * Takes over queues that no registered node holds, and reads those whose turn it is.
   *
   * @param holder who asks
   * @param most the consumers that it serves, and how many queues of each it can take
   * @return queues that it holds, the one that is due longest first for each consumer; the first
   *     events of each, not always all. They stay here
   */
  List<Due> due(Fence holder, Map<String, Integer> most);

  /**
   * Removes what was handled; what stands behind it is due at once. What is no longer there is
   * ignored.
   *
   * @param handled which events
   */
  void remove(Collection<Handled> handled);

  /**
   * Has the first events of queues wait, because their consumers failed on them once more. Streams
   * that are not the holder's stay as they are.
   *
   * @param holder who handed them over
   * @param retries which wait and how long, each queue at most once
   */
  void retry(Fence holder, Collection<Retry> retries);

  /**
   * Moves events to the consumer's dead letters; what stands behind them is due at once.
   *
   * @param queue whose
   * @param event which; null: all that wait in the queue
   * @param reason why, without secrets
   * @return how many there were
   */
  int moveToDeadLetters(Queue queue, @Nullable Event event, String reason);

  /**
   * Moves a consumer's dead letters back here, oldest first, to be handed over as if they had never
   * failed. They are dead letters no more.
   *
   * @param consumer its name
   * @param limit how many at the most
   * @return how many there were
   */
  int replay(String consumer, int limit);

  /**
   * Returns the events that wait for a consumer, for operators and tests.
   *
   * @param consumer its name
   * @param limit how many events at the most
   * @return by ordering key and sequence
   */
  List<Event> list(String consumer, int limit);

  /**
   * Returns how much waits for each consumer.
   *
   * @return by the consumer's name; those for which nothing waits are left out
   */
  Map<String, Backlog.Waiting> waiting();
}
