package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one stream on their way to one consumer. Guarded by its {@link ConsumerLane}. */
final class QueueInFlight {
  /** The states of a queue. */
  enum State {
    /** The queue waits to know whether the backlog holds earlier events. */
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

    /** Whether the call may never end, so that the queue's events are dead letters. */
    boolean givenUp;

    Call(QueueInFlight queue, Delivery delivery) {
      this.queue = queue;
      this.delivery = delivery;
    }
  }

  final Queue id;
  final boolean fromBacklog;
  final Deque<Delivery> waiting;

  /** The backlog's events that the consumer has handled. */
  final List<Event> handled = new ArrayList<>(0);

  State state = State.READY;
  @Nullable Call call;

  /** How often the consumer failed on the first event before it was handed over this time. */
  int attempts;

  /** The time at which the queue began to wait for a thread. */
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
