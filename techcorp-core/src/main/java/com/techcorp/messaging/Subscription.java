package com.techcorp.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named consumer with its event types, handler and options. Immutable; each {@code with} method
 * returns a changed copy.
 *
 * @param consumer its name, across processes and restarts
 * @param types the routing keys it wants, such as {@code order.confirmed}
 * @param handler what it does with one event; of a subscription to batches, what it does with a
 *     batch of one
 * @param options how the bus inside the process serves it; other buses have their own options and
 *     respect the time-out
 * @param batching how it gets several events at once; null if it gets single events
 */
public record Subscription(
    String consumer,
    Set<String> types,
    Handler handler,
    ConsumerOptions options,
    @Nullable Batching batching) {
  /** Makes an unmodifiable copy of the types. */
  public Subscription {
    types = Set.copyOf(types);
  }

  /**
   * Creates a subscription to single events with {@link ConsumerOptions#DEFAULT}.
   *
   * @param consumer its name, across processes and restarts
   * @param types the routing keys it wants, such as {@code order.confirmed}
   * @param handler what it does
   */
  public Subscription(String consumer, Set<String> types, Handler handler) {
    this(consumer, types, handler, ConsumerOptions.DEFAULT);
  }

  /**
   * Creates a subscription to single events.
   *
   * @param consumer its name, across processes and restarts
   * @param types the routing keys it wants, such as {@code order.confirmed}
   * @param handler what it does
   * @param options how the bus inside the process serves it
   */
  public Subscription(
      String consumer, Set<String> types, Handler handler, ConsumerOptions options) {
    this(consumer, types, handler, options, null);
  }

  /**
   * Creates a subscription whose handler gets several events at once, with {@link
   * ConsumerOptions#DEFAULT}. A batch has at most one event of each ordered stream, so that every
   * event can fail by itself; the stream's next event is in a later batch. Several batches may be
   * handled at once, as many as the consumer has threads.
   *
   * @param consumer its name, across processes and restarts
   * @param types the routing keys it wants, such as {@code product.updated}
   * @param batches when a batch ends
   * @param handler what it does
   * @return the subscription
   */
  public static Subscription batch(
      String consumer, Set<String> types, BatchOptions batches, BatchHandler handler) {
    return new Subscription(
        consumer,
        types,
        event -> handleOne(handler, event),
        ConsumerOptions.DEFAULT,
        new Batching(batches, handler));
  }

  private static void handleOne(BatchHandler handler, Event event) throws Exception {
    EventOutcome outcome = handler.handle(List.of(event)).get(0);
    if (outcome instanceof EventOutcome.Failed failed) {
      throw new IllegalStateException(failed.reason());
    } else if (outcome instanceof EventOutcome.Refused refused) {
      throw new EventRefusedException(refused.reason());
    } else if (outcome instanceof EventOutcome.Postponed postponed) {
      throw new EventPostponedException(postponed.reason(), postponed.retryAfter());
    } else if (outcome instanceof EventOutcome.Paused paused) {
      throw new ConsumerPausedException(paused.reason(), paused.retryAfter());
    }
  }

  /**
   * Returns the subscription with other options.
   *
   * @param other how it is served
   * @return a changed copy
   */
  public Subscription withOptions(ConsumerOptions other) {
    return new Subscription(consumer, types, handler, other, batching);
  }

  /**
   * Returns the subscription with another time-out.
   *
   * @param limit for one event, or one batch, at least 1 ms; default 3 minutes
   * @return a changed copy
   */
  public Subscription withTimeout(Duration limit) {
    return withOptions(options.withTimeout(limit));
  }

  /**
   * Returns how many events the handler gets at once, at most.
   *
   * @return 1 if it gets single events
   */
  public int maxEvents() {
    return batching == null ? 1 : batching.options().maxEvents();
  }

  /**
   * Returns whether one event of each unordered stream and type is enough for it.
   *
   * @return as {@link BatchOptions#coalescing} says; false if it gets single events
   */
  public boolean isCoalescing() {
    return batching != null && batching.options().coalescing();
  }

  /**
   * How a consumer gets several events at once.
   *
   * @param options when a batch ends
   * @param handler what it does with a batch
   */
  public record Batching(BatchOptions options, BatchHandler handler) {}

  /** Handles the events of a subscription. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Handles an event; may be called again with the same one. A call that takes longer than the
     * consumer's time-out is interrupted: it should end then.
     *
     * @param event the event
     * @throws ConsumerPausedException if something is away that the consumer needs for every event:
     *     the consumer pauses, and the event has used up no attempt
     * @throws EventRefusedException if the event can never be handled: it is a dead letter at once
     * @throws EventPostponedException if this event cannot be handled yet: it comes again, and has
     *     used up no attempt
     * @throws Exception it is offered again, and after a bounded number of times kept as a dead
     *     letter
     */
    void handle(Event event) throws Exception;
  }
}
