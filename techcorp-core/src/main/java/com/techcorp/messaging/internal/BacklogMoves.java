package com.techcorp.messaging.internal;

import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.State;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles events that a consumer did not handle at once: they move to its backlog, wait there for
 * their next attempt, or become dead letters. Guarded by the consumer's {@link ConsumerQueues}.
 */
final class BacklogMoves {
  private static final Logger log = LoggerFactory.getLogger(BacklogMoves.class);

  private final ConsumerQueues queues;
  private final Subscription subscription;
  private final RetryPolicy retries;
  private final BacklogWriter writer;
  private final LanePause pause;
  private final BacklogBound bound;
  private final ConsumerCounts counts;
  private final Consumer<Duration> wake;
  private final RateLimitedLog limitedLog;

  /**
   * @param pause whether the consumer is paused
   * @param wake schedules another read of the backlog after a delay
   */
  BacklogMoves(
      ConsumerQueues queues,
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BusContext context,
      ConsumerCounts counts,
      LanePause pause,
      Consumer<Duration> wake) {
    this.queues = queues;
    this.pause = pause;
    this.subscription = subscription;
    this.retries = retries;
    this.writer = writer;
    this.bound = new BacklogBound(subscription, context.measured());
    this.counts = counts;
    this.wake = wake;
    this.limitedLog = new RateLimitedLog(log, context.threads()::nanoTime);
  }

  /**
   * Moves all waiting events of a queue, because no thread is free or an earlier event is in front
   * of them.
   */
  void all(QueueInFlight queue) {
    all(queue, 0, Duration.ZERO, null);
  }

  /** Moves them when the consumer did not handle the first of them. */
  void all(QueueInFlight queue, int attempts, Duration delay, @Nullable String reason) {
    List<Delivery> moving = List.copyOf(queue.waiting);
    queue.waiting.clear();
    queue.state = State.MOVED;
    put(queue, moving, attempts, delay, reason);
  }

  /** Moves deliveries behind a queue's events that are in the backlog or on their way there. */
  void behind(QueueInFlight queue, Collection<Delivery> deliveries) {
    put(queue, List.copyOf(deliveries), 0, Duration.ZERO, null);
  }

  private void put(
      QueueInFlight queue,
      List<Delivery> deliveries,
      int attempts,
      Duration delay,
      @Nullable String reason) {
    boolean whilePaused = pause.isOn();
    if (!whilePaused && !bound.takes(deliveries.size())) {
      String full = "the backlog of " + subscription.consumer() + " is full";
      deliveries.forEach(
          delivery -> addDeadLetter(queue, delivery, reason == null ? full : full + "; " + reason));
      return;
    }
    counts.moved.add(deliveries.size());
    queue.writes++;
    List<Event> events = deliveries.stream().map(Delivery::event).toList();
    boolean superseding = subscription.isCoalescing();
    writer.move(
        new Move(queue.id, events, attempts, delay, reason, whilePaused, superseding),
        () -> {
          deliveries.forEach(delivery -> delivery.settle(true));
          queues.written(queue);
          wake.accept(delay);
        },
        () -> {
          deliveries.forEach(delivery -> delivery.settle(false));
          queues.written(queue);
        });
  }

  /** Makes a delivery that is not in the backlog a dead letter. */
  void addDeadLetter(QueueInFlight queue, Delivery delivery, String reason) {
    dead(delivery.event(), reason);
    queue.writes++;
    writer.addDeadLetter(
        queue.id,
        delivery.event(),
        reason,
        () -> {
          delivery.settle(true);
          queues.written(queue);
        },
        () -> {
          delivery.settle(false);
          queues.written(queue);
        });
  }

  private void dead(Event event, String reason) {
    counts.dead.increment();
    log.error(
        "Consumer {} gave up on {} of {}; event {} is a dead letter now: {}",
        subscription.consumer(),
        event.type(),
        event.stream(),
        event.id(),
        reason);
  }

  /** The consumer did not handle the first event. */
  void notHandled(QueueInFlight queue, EventOutcome outcome, @Nullable Throwable thrown) {
    if (outcome instanceof EventOutcome.Refused refused) {
      gaveUp(queue, refused.reason());
    } else if (outcome instanceof EventOutcome.Postponed postponed) {
      later(queue, postponed.retryAfter(), postponed.reason());
    } else if (outcome instanceof EventOutcome.Paused paused) {
      later(queue, paused.retryAfter(), paused.reason());
    } else if (outcome instanceof EventOutcome.Failed failed) {
      failed(queue, failed.reason(), thrown);
    }
  }

  private void failed(QueueInFlight queue, String reason, @Nullable Throwable thrown) {
    counts.failed.increment();
    Event event = queue.first().event();
    String what =
        "Consumer "
            + subscription.consumer()
            + " failed on "
            + event.type()
            + " of "
            + event.stream()
            + " (attempt "
            + (queue.attempts + 1)
            + ")";
    if (thrown == null) {
      limitedLog.about(what, reason);
    } else {
      limitedLog.about(what, thrown);
    }
    int attempts = queue.attempts + 1;
    if (retries.exhausted(attempts)) {
      gaveUp(queue, reason);
    } else if (queue.fromBacklog) {
      waits(queue, attempts, retries.waitAfter(attempts), reason);
    } else {
      all(queue, attempts, retries.waitAfter(attempts), reason);
    }
  }

  /** It comes again, and this was no attempt. */
  private void later(QueueInFlight queue, Duration delay, String reason) {
    if (queue.fromBacklog) {
      waits(queue, queue.attempts, delay, reason);
    } else {
      all(queue, 0, delay, reason);
    }
  }

  /** The first event gets no further attempt. */
  void gaveUp(QueueInFlight queue, String reason) {
    Event event = queue.first().event();
    dead(event, reason);
    if (queue.fromBacklog) {
      queue.state = State.MOVED;
      removeHandled(queue);
      queue.writes++;
      writer.moveToDeadLetters(queue.id, event, reason, () -> written(queue, Duration.ZERO));
    } else {
      queue.state = State.ADDING_DEAD_LETTER;
      writer.addDeadLetter(
          queue.id, event, reason, () -> queues.deadLetterAdded(queue), () -> queues.refuse(queue));
    }
  }

  /** An event of the backlog waits there for longer. */
  void waits(QueueInFlight queue, int attempts, Duration delay, String reason) {
    queue.state = State.MOVED;
    removeHandled(queue);
    queue.writes++;
    writer.retry(new Retry(queue.id, attempts, delay, reason), () -> written(queue, delay));
  }

  /** Returns whether the backlog is at its bound. */
  Optional<Finding> full() {
    return bound.finding();
  }

  /** A queue of the backlog leaves the memory: records which of its events are handled. */
  void unload(QueueInFlight queue) {
    queue.state = State.MOVED;
    removeHandled(queue);
    queues.leaveIfOver(queue);
  }

  private void removeHandled(QueueInFlight queue) {
    if (!queue.handled.isEmpty()) {
      queue.writes++;
      writer.handled(new Handled(queue.id, queue.handled), () -> written(queue, Duration.ZERO));
      queue.handled.clear();
    }
  }

  private void written(QueueInFlight queue, Duration delay) {
    queues.written(queue);
    wake.accept(delay);
  }
}
