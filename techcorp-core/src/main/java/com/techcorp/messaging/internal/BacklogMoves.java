package com.techcorp.messaging.internal;

import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.Call;
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
  private final BacklogBound bound;
  private final ConsumerCounts counts;
  private final Consumer<Duration> wake;
  private final RateLimitedLog limitedLog;

  /**
   * @param wake schedules another read of the backlog after a delay
   */
  BacklogMoves(
      ConsumerQueues queues,
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BusContext context,
      ConsumerCounts counts,
      Consumer<Duration> wake) {
    this.queues = queues;
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

  private void all(QueueInFlight queue, int attempts, Duration delay, @Nullable String reason) {
    List<Delivery> moving = List.copyOf(queue.waiting);
    queue.waiting.clear();
    queue.state = State.MOVED;
    put(queue, moving, attempts, delay, reason);
  }

  /** Moves deliveries behind a queue's events that are in the backlog or on their way there. */
  void behind(QueueInFlight queue, Collection<Delivery> deliveries) {
    put(queue, List.copyOf(deliveries), 0, Duration.ZERO, null);
    if (queue.call != null && queue.call.givenUp) {
      givenUp(queue.call);
    }
  }

  private void put(
      QueueInFlight queue,
      List<Delivery> deliveries,
      int attempts,
      Duration delay,
      @Nullable String reason) {
    if (!bound.takes(deliveries.size())) {
      String full = "the backlog of " + subscription.consumer() + " is full";
      deliveries.forEach(
          delivery -> addDeadLetter(queue, delivery, reason == null ? full : full + "; " + reason));
      return;
    }
    counts.moved.add(deliveries.size());
    queue.writes++;
    List<Event> events = deliveries.stream().map(Delivery::event).toList();
    writer.move(
        new Move(queue.id, events, attempts, delay, reason),
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

  private void addDeadLetter(QueueInFlight queue, Delivery delivery, String reason) {
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

  /** The consumer threw something. */
  void failed(QueueInFlight queue, Throwable failure) {
    counts.failed.increment();
    Event event = queue.first().event();
    String reason = Reasons.of(failure);
    limitedLog.about(
        "Consumer "
            + subscription.consumer()
            + " failed on "
            + event.type()
            + " of "
            + event.stream()
            + " (attempt "
            + (queue.attempts + 1)
            + ")",
        failure);
    if (queue.fromBacklog) {
      again(queue, reason);
    } else if (retries.exhausted(1)) {
      queue.state = State.ADDING_DEAD_LETTER;
      dead(event, reason);
      writer.addDeadLetter(
          queue.id, event, reason, () -> queues.deadLetterAdded(queue), () -> queues.refuse(queue));
    } else {
      all(queue, 1, retries.waitAfter(1), reason);
    }
  }

  /** Returns whether the backlog is at its bound. */
  Optional<Finding> full() {
    return bound.finding();
  }

  /** An event of the backlog waits for its next attempt, or has had its last one. */
  private void again(QueueInFlight queue, String reason) {
    queue.state = State.MOVED;
    removeHandled(queue);
    Event event = queue.first().event();
    int attempts = queue.attempts + 1;
    queue.writes++;
    if (retries.exhausted(attempts)) {
      dead(event, reason);
      writer.moveToDeadLetters(queue.id, event, reason, () -> written(queue, Duration.ZERO));
    } else {
      Duration delay = retries.waitAfter(attempts);
      writer.retry(new Retry(queue.id, attempts, delay, reason), () -> written(queue, delay));
    }
  }

  /** Records that all loaded events of a queue are handled. */
  void handled(QueueInFlight queue) {
    queue.state = State.MOVED;
    removeHandled(queue);
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

  /** A call was interrupted; until it returns nothing else of its queue is handed over. */
  void timedOut(Call call) {
    counts.timedOut.increment();
    QueueInFlight queue = call.queue;
    String reason =
        "took longer than " + subscription.options().timeout() + " on " + call.thread.getName();
    log.warn(
        "Consumer {} {}: {} of {} and what follows it wait in its backlog",
        subscription.consumer(),
        reason,
        call.delivery.event().type(),
        call.delivery.event().stream());
    if (queue.fromBacklog) {
      again(queue, reason);
    } else if (retries.exhausted(1)) {
      addDeadLetter(queue, queue.waiting.remove(), reason);
      all(queue);
    } else {
      all(queue, 1, retries.waitAfter(1), reason);
    }
  }

  /** Handles a call that was interrupted and did not return; it may never return. */
  void givenUp(Call call) {
    QueueInFlight queue = call.queue;
    String reason =
        "a call still runs on " + call.thread.getName() + ", although it was interrupted";
    log.error(
        "Consumer {}: {}; its events of {} are dead letters now",
        subscription.consumer(),
        reason,
        queue.id.key());
    counts.dead.increment();
    queue.writes++;
    writer.moveToDeadLetters(queue.id, null, reason, () -> queues.written(queue));
  }

  /** A call returned long after it was interrupted; if it did its work, that counts. */
  void endedLate(Call call, @Nullable Throwable failure) {
    QueueInFlight queue = call.queue;
    if (failure == null && !call.givenUp) {
      queue.writes++;
      writer.handled(
          new Handled(queue.id, List.of(call.delivery.event())),
          () -> written(queue, Duration.ZERO));
    } else {
      wake.accept(Duration.ZERO);
    }
    queues.leaveIfOver(queue);
  }
}
