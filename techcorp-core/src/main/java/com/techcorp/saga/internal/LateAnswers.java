package com.techcorp.saga.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.TechCorpException;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  private final UnitOfWork storage;
  private final FaultBoundary faults;
  private final ScheduledExecutorService timer;
  private final int maxBatch;
  private final Deque<Late> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private boolean closed;

  private record Late(UUID saga, String step, WriteSet writeSet, int attempts) {
    Late triedAgain() {
      return new Late(saga, step, writeSet, attempts + 1);
    }
  }

  LateAnswers(
      UnitOfWork storage, ScheduledExecutorService timer, int maxBatch, FaultBoundary faults) {
    this.storage = storage;
    this.faults = faults;
    this.timer = timer;
    this.maxBatch = maxBatch;
  }

  /** Returns whether an answer is definite, so that a later look-up may miss it. */
  static boolean isDefinite(StepResult<?> answer) {
    return answer instanceof StepResult.Done<?> || answer instanceof StepResult.Rejected<?>;
  }

  /** Reports a late answer. Never throws and never blocks: the timer writes it. */
  <D> void report(LiveSaga<D> saga, RemoteStep<D> step, StepResult<D> answer) {
    report(saga, step, answer, "came when the saga was no longer this process's own");
  }

  /** Reports an answer that cannot be written now. */
  <D> void reportUnwritten(LiveSaga<D> saga, RemoteStep<D> step, StepResult<D> answer) {
    report(saga, step, answer, "cannot be written for now");
  }

  private <D> void report(LiveSaga<D> saga, RemoteStep<D> step, StepResult<D> answer, String why) {
    if (!isDefinite(answer)) {
      return;
    }
    try {
      List<Effect> effects = List.copyOf(step.report(saga.data(), answer));
      if (!effects.isEmpty()) {
        log.warn("The answer of {} to saga {} {}: reported", step.name(), saga.id(), why);
        WriteSet writeSet = new WriteSet(UuidCreator.getTimeOrderedEpoch(), effects);
        add(new Late(saga.id(), step.name(), writeSet, 0));
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

  private void add(Late late) {
    synchronized (this) {
      if (!closed) {
        waiting.addLast(late);
        schedule(Duration.ZERO);
        return;
      }
    }
    giveUp(write(List.of(late)), "the engine is shut down");
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
    List<Late> again = new ArrayList<>();
    List<Late> spent = new ArrayList<>();
    try {
      for (Late late : write(next())) {
        Late tried = late.triedAgain();
        (PATIENCE.exhausted(tried.attempts()) ? spent : again).add(tried);
      }
      giveUp(spent, "the storage stayed away");
    } finally {
      synchronized (this) {
        scheduled = false;
        again.forEach(waiting::addLast);
        schedule(again.isEmpty() ? Duration.ZERO : PATIENCE.waitAfter(again.get(0).attempts()));
      }
    }
  }

  private synchronized List<Late> next() {
    List<Late> batch = new ArrayList<>();
    while (batch.size() < maxBatch && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  /** Writes a batch and returns what is to be tried again. */
  private List<Late> write(List<Late> batch) {
    if (batch.isEmpty()) {
      return batch;
    }
    try {
      List<CommitResult> results =
          storage.commit(null, batch.stream().map(Late::writeSet).toList());
      List<Late> again = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        if (results.get(i) instanceof CommitResult.Busy) {
          again.add(batch.get(i));
        } else {
          refused(batch.get(i), results.get(i));
        }
      }
      return again;
    } catch (UnstorableDataException e) {
      return singles(batch, e);
    } catch (TechCorpException e) {
      log.warn("{} late answers cannot be reported yet: {}", batch.size(), e.getMessage());
      return batch;
    } catch (Throwable e) {
      log.error("{} late answers cannot be reported yet", batch.size(), e);
      faults.caught(e);
      return batch;
    }
  }

  private List<Late> singles(List<Late> batch, UnstorableDataException why) {
    if (batch.size() == 1) {
      giveUp(batch, "the storage refuses it: " + why.getMessage());
      return List.of();
    }
    List<Late> again = new ArrayList<>();
    batch.forEach(late -> again.addAll(write(List.of(late))));
    return again;
  }

  /**
   * Handles a refusal; a write of an earlier attempt whose acknowledgement was lost is refused now,
   * which is fine.
   */
  private static void refused(Late late, CommitResult result) {
    if (result instanceof CommitResult.Refused refused
        && !refused.failure().code().equals(SagaEffect.STALE)) {
      giveUp(List.of(late), "refused: " + refused.failure().message());
    }
  }

  private static void giveUp(List<Late> lost, String why) {
    for (Late late : lost) {
      log.error(
          "The answer of {} to saga {} could not be reported ({}): compare with the provider",
          late.step(),
          late.saga(),
          why);
    }
  }

  /** Makes one last attempt to write waiting answers. */
  @Override
  public void close() {
    List<Late> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    giveUp(write(left), "the engine is shut down");
  }
}
