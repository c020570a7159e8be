package com.techcorp.messaging.internal;

import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.Call;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the events of calls that are beyond the consumer's time-out. Guarded by the consumer's
 * {@link ConsumerQueues}.
 */
final class OverdueCalls {
  private static final Logger log = LoggerFactory.getLogger(OverdueCalls.class);

  private final ConsumerQueues queues;
  private final Subscription subscription;
  private final RetryPolicy retries;
  private final BacklogWriter writer;
  private final BacklogMoves moves;
  private final ConsumerCounts counts;
  private final Consumer<Duration> wake;

  /**
   * @param moves where the events of such a call go
   * @param wake schedules another read of the backlog after a delay
   */
  OverdueCalls(
      ConsumerQueues queues,
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BacklogMoves moves,
      ConsumerCounts counts,
      Consumer<Duration> wake) {
    this.queues = queues;
    this.subscription = subscription;
    this.retries = retries;
    this.writer = writer;
    this.moves = moves;
    this.counts = counts;
    this.wake = wake;
  }

  /** A call was interrupted; until it returns nothing else of its queues is handed over. */
  void timedOut(Invocation call) {
    String reason =
        "took longer than " + subscription.options().timeout() + " on " + call.thread.getName();
    log.warn(
        "Consumer {} {}: {} of {} and what follows it wait in its backlog{}",
        subscription.consumer(),
        reason,
        call.first().type(),
        call.first().stream(),
        others(call));
    call.calls.forEach(each -> timedOut(each.queue, reason));
  }

  private static String others(Invocation call) {
    int others = call.calls.size() - 1;
    return others == 0 ? "" : ", and so do " + others + " more events of the batch";
  }

  private void timedOut(QueueInFlight queue, String reason) {
    counts.timedOut.increment();
    int attempts = queue.attempts + 1;
    if (retries.exhausted(attempts)) {
      if (queue.fromBacklog) {
        moves.gaveUp(queue, reason);
      } else {
        moves.addDeadLetter(queue, queue.waiting.remove(), reason);
        moves.all(queue);
      }
    } else if (queue.fromBacklog) {
      moves.waits(queue, attempts, retries.waitAfter(attempts), reason);
    } else {
      moves.all(queue, attempts, retries.waitAfter(attempts), reason);
    }
  }

  /** A call was interrupted and did not return; it may never return. */
  void givenUp(Invocation call) {
    log.error(
        "Consumer {}: {}; its events of {} are dead letters now{}",
        subscription.consumer(),
        stillRuns(call.thread),
        call.first().orderingKey(),
        others(call));
    for (Call each : call.calls) {
      each.givenUp = true;
      addDeadLetters(each);
    }
  }

  /** Events have moved behind one whose call may never return. */
  void followed(QueueInFlight queue) {
    Call call = queue.call;
    if (call != null && call.givenUp) {
      addDeadLetters(call);
    }
  }

  private void addDeadLetters(Call call) {
    QueueInFlight queue = call.queue;
    counts.dead.increment();
    queue.writes++;
    writer.moveToDeadLetters(queue.id, null, stillRuns(call.thread), () -> queues.written(queue));
  }

  private static String stillRuns(Thread thread) {
    return "a call still runs on " + thread.getName() + ", although it was interrupted";
  }

  /** A call returned long after it was interrupted; if it did its work, that counts. */
  void ended(Call call, EventOutcome outcome) {
    QueueInFlight queue = call.queue;
    if (outcome instanceof EventOutcome.Handled && !call.givenUp) {
      queue.writes++;
      writer.handled(
          new Handled(queue.id, List.of(call.delivery.event())),
          () -> {
            queues.written(queue);
            wake.accept(Duration.ZERO);
          });
    } else {
      wake.accept(Duration.ZERO);
    }
    queues.leaveIfOver(queue);
  }
}
