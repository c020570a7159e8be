package com.techcorp.saga.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.ExecutionState.Answer;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Definite answers that came to this process when it no longer owned their sagas. They are written
 * without a fence, for the saga's owner to read; an unreachable storage is retried for about ten
 * minutes. The one thing a process without a lease may still write.
 */
final class LateAnswers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

  /** Waits add up to about ten minutes. */
  static final RetryPolicy PATIENCE =
      RetryPolicy.doubling(Duration.ofMillis(200), Duration.ofSeconds(30), 30);

  private final LateAnswerWriter writer;
  private final FaultBoundary faults;
  private final ScheduledExecutorService timer;
  private final int maxBatch;
  private final Deque<LateAnswer> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private boolean closed;

  LateAnswers(
      UnitOfWork storage, ScheduledExecutorService timer, int maxBatch, FaultBoundary faults) {
    this.writer = new LateAnswerWriter(storage, faults);
    this.faults = faults;
    this.timer = timer;
    this.maxBatch = maxBatch;
  }

  /** Returns whether an answer is definite, so that a later look-up may miss it. */
  static boolean isDefinite(StepResult<?> answer) {
    return answer instanceof StepResult.Done<?> || answer instanceof StepResult.Rejected<?>;
  }

  /**
   * Reports an answer of a saga that is no longer this process's own. Never throws and never
   * blocks: the timer writes it.
   *
   * @param answer null: there is none
   */
  <D> void report(@Nullable Answer<D> answer) {
    report(answer, "came when the saga was no longer this process's own");
  }

  /** As {@link #report}, of an answer that cannot be written for now. */
  <D> void reportUnwritten(@Nullable Answer<D> answer) {
    report(answer, "cannot be written for now");
  }

  private <D> void report(@Nullable Answer<D> answer, String why) {
    if (answer == null || !isDefinite(answer.result())) {
      return;
    }
    LiveSaga<D> saga = answer.saga();
    RemoteStep<D> step = answer.step();
    try {
      List<Effect> effects = List.copyOf(step.report(saga.data(), answer.result()));
      if (!effects.isEmpty()) {
        log.warn("The answer of {} to saga {} {}: reported", step.name(), saga.id(), why);
        WriteSet writeSet = new WriteSet(UuidCreator.getTimeOrderedEpoch(), effects);
        add(new LateAnswer(saga.id(), step.name(), writeSet, 0));
      }
    } catch (Throwable e) {
      log.error(
          "What {} answered to saga {} cannot be reported: compare with the provider",
          step.name(),
          saga.id(),
          HostTexts.redaction(saga).safe(e));
      faults.caught(e);
    }
  }

  private void add(LateAnswer late) {
    synchronized (this) {
      if (!closed) {
        waiting.addLast(late);
        schedule(Duration.ZERO);
        return;
      }
    }
    writer.giveUp(writer.write(List.of(late)), "the engine is shut down");
  }

  private synchronized void schedule(Duration in) {
    if (scheduled || waiting.isEmpty()) {
      return;
    }
    try {
      timer.schedule(this::flush, in.toMillis(), TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      log.debug("The timer has ended; close() writes what waits", e);
    }
  }

  private void flush() {
    List<LateAnswer> again = new ArrayList<>();
    List<LateAnswer> spent = new ArrayList<>();
    try {
      for (LateAnswer late : writer.write(next())) {
        LateAnswer tried = late.triedAgain();
        (PATIENCE.exhausted(tried.attempts()) ? spent : again).add(tried);
      }
      writer.giveUp(spent, "the storage stayed away");
    } finally {
      synchronized (this) {
        scheduled = false;
        again.forEach(waiting::addLast);
        schedule(again.isEmpty() ? Duration.ZERO : PATIENCE.waitAfter(again.get(0).attempts()));
      }
    }
  }

  private synchronized List<LateAnswer> next() {
    List<LateAnswer> batch = new ArrayList<>();
    while (batch.size() < maxBatch && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  /** Makes one last attempt to write waiting answers. */
  @Override
  public void close() {
    List<LateAnswer> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    writer.giveUp(writer.write(left), "the engine is shut down");
  }
}
