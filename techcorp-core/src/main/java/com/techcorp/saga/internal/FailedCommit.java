package com.techcorp.saga.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.Signal;
import com.techcorp.saga.internal.Decision.Attempt;
import com.techcorp.saga.internal.ExecutionState.Committing;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a saga goes on whose commit did not write what it decided.
 *
 * @param held decides again, from the same or from what it learned
 * @param attempt what was not written
 */
record FailedCommit<D>(HeldSaga<D> held, Attempt<D> attempt) {
  private static final Logger log = LoggerFactory.getLogger(FailedCommit.class);

  /**
   * Nothing was written, and a call's answer still is to be.
   *
   * @param result what the commit gave; null: it failed
   * @param fault what it failed with; null: it gave a result
   */
  void goOn(Committing<D> committing, @Nullable CommitResult result, @Nullable Throwable fault) {
    ExecutionCell<D> state = held.state();
    Deciding<D> back = committing.notWritten();
    if (result instanceof CommitResult.Refused refused) {
      if (state.move(committing, back)) {
        refused(refused);
      }
      return;
    }
    int failures = committing.failures() + 1;
    Recourse recourse =
        result instanceof CommitResult.Busy busy
            ? Recourse.busy(attempt, busy)
            : Recourse.failed(
                attempt, Objects.requireNonNull(fault), committing.unwritten() != null, failures);
    if (state.move(committing, recourse.counts() ? back.failedAgain() : back)) {
      take(recourse);
    }
  }

  /** A guard refused an effect, or the journal the saga's own move. */
  private void refused(CommitResult.Refused refused) {
    LiveSaga<D> saga = attempt.saga();
    Transition<D> decided = attempt.decided();
    boolean ofJournal = decided.effects().get(refused.effect()) instanceof SagaEffect;
    if (ofJournal && refused.failure().code().equals(SagaEffect.SIGNALLED)) {
      // Not here: this is the thread of the group commit, and reading needs a connection.
      held.parts().pauses().soon(() -> held.safely(this::readSignals));
    } else if (ofJournal && saga.stored()) {
      log.debug("Saga {} is no longer this process's own: {}", saga.id(), refused.failure());
      held.leave();
    } else if (!saga.stored() && decided.refusesAll(refused.effect())) {
      held.begun().complete(refused.failure());
      held.leave();
    } else {
      held.decide(
          SignalRules.informed(saga, attempt.asked()),
          s -> held.parts().transitions().refused(decided, s, refused.effect(), refused.failure()));
    }
  }

  /** Decides again, from what was last written and all that was asked since. */
  private void readSignals() {
    LiveSaga<D> saga = attempt.saga();
    try {
      if (held.parts().journal().find(saga.id()).isEmpty()) {
        held.leave();
        return;
      }
      List<Signal> all = held.parts().journal().signals(saga.id());
      List<Signal> unread = all.subList(Math.min(saga.signals(), all.size()), all.size());
      held.decide(saga, List.copyOf(unread), attempt.decision(), false);
    } catch (TechCorpException e) {
      held.abandon(e);
    }
  }

  private void take(Recourse recourse) {
    LiveSaga<D> saga = attempt.saga();
    if (recourse instanceof Recourse.TryAgain again) {
      held.parts().pauses().after(again.in(), () -> held.safely(() -> tryAgain(again.fault())));
    } else if (recourse instanceof Recourse.PutOff off) {
      putOff(off);
    } else if (recourse instanceof Recourse.BeginAgain again) {
      beginAgain(again.reason());
    } else if (recourse instanceof Recourse.Park park) {
      log.error("The storage refuses what saga {} writes; it is parked", saga.id(), park.fault());
      held.thrown().set(park.fault());
      held.decide(saga, attempt.asked(), parking(park.reason()), false);
    } else if (recourse instanceof Recourse.NeverBegan never) {
      held.neverBegan(saga.current().name(), never.fault(), HostTexts.redaction(saga));
    } else if (recourse instanceof Recourse.HandOver handOver) {
      held.abandon(handOver.fault());
    } else {
      held.lost(((Recourse.Lost) recourse).fault());
    }
  }

  /**
   * Tries again if this process still owns the saga: its lease may be gone since the commit failed.
   */
  private void tryAgain(@Nullable Throwable fault) {
    Fence mine = held.fence();
    if (fault == null || (mine != null && held.parts().ownership().holds(mine))) {
      held.decide(attempt.saga(), attempt.asked(), attempt.decision(), true);
    } else {
      held.lost(fault);
    }
  }

  /**
   * Leaves the saga waiting in the journal; the node that takes it up asks again for the answer.
   */
  private void putOff(Recourse.PutOff off) {
    LiveSaga<D> saga = attempt.saga();
    if (off.fault() != null) {
      log.warn("Saga {} is put off: {}", saga.id(), off.fault().getMessage());
    }
    LiveSaga<D> sent = held.asSent(saga);
    if (held.reportsUnwritten()) {
      Transitions transitions = held.parts().transitions();
      held.decide(
          sent,
          attempt.asked(),
          (s, asked) -> transitions.later(s, asked.size(), Recourse.LOCKED_WAIT, off.reason()),
          true);
    }
  }

  /** Its caller waits, and nothing of it is written. */
  private void beginAgain(String reason) {
    Deciding<D> deciding = held.state().deciding();
    Runnable again =
        () -> held.safely(() -> held.decide(attempt.saga(), List.of(), attempt.decision(), true));
    if (deciding != null && !held.parts().pauses().forLock(deciding.failures(), again)) {
      held.begun()
          .completeExceptionally(
              new UnavailableException(reason + ": nothing was written, try again"));
      held.leave();
    }
  }

  /** Parks the saga, unless an operator asked for something meanwhile. */
  private Decision<D> parking(String why) {
    int heeded = attempt.asked().size();
    return (saga, asked) ->
        asked.size() == heeded
            ? held.parts()
                .transitions()
                .poisoned(SignalRules.informed(held.asSent(saga), asked), why)
            : attempt.decision().of(saga, asked);
  }
}
