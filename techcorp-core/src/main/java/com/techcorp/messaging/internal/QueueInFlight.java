package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream's events on their way to one consumer. Guarded by its {@link ConsumerLane}. */
final class QueueInFlight {
  /** What its events wait for. */
  enum State {
    /** For an answer whether the backlog holds earlier ones. */
    LOOKING,
    /** For a thread. */
    READY,
    /** The events wait for the consumer's call to end. */
    CALLING,
    /** For a dead letter to be kept; then they go on. */
    ADDING_DEAD_LETTER,
    /** They are in the backlog, or about to be: what comes now goes behind them. */
    MOVED
  }

  /** The consumer at work on the first event. */
  static final class Call {
    final QueueInFlight queue;
    final Delivery delivery;
    final Thread thread = Thread.currentThread();
    final long began;

    /** It was interrupted, and its event has moved to the backlog. */
    boolean overdue;

    /** It did not end after as long again, and the events of its queue are dead letters. */
    boolean givenUp;

    Call(QueueInFlight queue, Delivery delivery, long began) {
      this.queue = queue;
      this.delivery = delivery;
      this.began = began;
    }
  }

  final Queue id;
  final boolean fromBacklog;
  final Deque<Delivery> waiting;

  /** Of the backlog's events, those that the consumer has handled. */
  final List<Event> handled = new ArrayList<>(0);

  State state = State.READY;
  @Nullable Call call;

  /** How often the consumer failed on the first event before it was handed over this time. */
  int attempts;

  /** When it began to wait for a thread. */
  long since;

  /** Writes of it that are under way. */
  int writes;

  QueueInFlight(Queue id, boolean fromBacklog, Collection<Delivery> deliveries) {
    this.id = id;
    this.fromBacklog = fromBacklog;
    this.waiting = new ArrayDeque<>(deliveries);
  }

  Delivery first() {
    return waiting.getFirst();
  }

  /** Nothing is to be done for it any more, here. */
  boolean isOver() {
    return state == State.MOVED && call == null && writes == 0;
  }
}
