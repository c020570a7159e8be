package com.techcorp.saga.internal;

import com.techcorp.error.TokenRedaction;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.internal.Decision.Attempt;
import com.techcorp.saga.internal.ExecutionState.Committing;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one saga in this process: decides, commits, calls, decides again, until it ends, waits in
 * the journal, or belongs to another process.
 */
final class SagaExecution<D> extends HeldSaga<D> {
  private static final Logger log = LoggerFactory.getLogger(SagaExecution.class);

  private final StepCalls calls;

  /** The time of the decision that is being committed; belongs to the driving thread. */
  private long decidedAt;

  /**
   * @param onLeave runs once, when this process holds the saga no longer
   * @param claimedUnder the lease under which this process claimed it; null if it begins here
   */
  SagaExecution(
      EngineParts parts, StepCalls calls, UUID id, Runnable onLeave, @Nullable Fence claimedUnder) {
    super(parts, id, onLeave, claimedUnder);
    this.calls = calls;
  }

  void start(LiveSaga<D> saga) {
    parts().watchdog().watch(this);
    decide(saga, parts().transitions()::begin);
  }

  void resume(LiveSaga<D> saga, List<Signal> unread, long claimedAt) {
    Watchdog watchdog = parts().watchdog();
    whereabouts().moveBy(claimedAt + watchdog.times().mayTake(saga.current()));
    begun().complete(null);
    if (!watchdog.times().keepsOthersAway(whereabouts())) {
      log.warn("The claim of saga {} came back too late: another node may have it", id());
      leave();
      return;
    }
    watchdog.watchClaimed(this);
    // One of many that were claimed: they are to share a batch.
    decide(saga, unread, parts().transitions()::resume, true);
  }

  @Override
  void decide(LiveSaga<D> saga, Function<LiveSaga<D>, Transition<D>> decision) {
    decide(saga, List.of(), parts().transitions().heeding(decision), false);
  }

  @Override
  void decide(LiveSaga<D> saga, List<Signal> asked, Decision<D> decision, boolean shares) {
    Deciding<D> deciding = state().deciding();
    if (deciding == null) {
      return;
    }
    MoveTimes times = parts().watchdog().times();
    decidedAt = times.now();
    whereabouts()
        .isAt("deciding its next step after", saga.current().name(), times.leaseFrom(decidedAt));
    Transition<D> decided;
    try {
      decided = decision.of(saga, asked);
    } catch (Throwable e) {
      Transition<D> parked = poisoned(saga, asked, e);
      if (parked == null) {
        return;
      }
      decided = parked;
    }
    if (decided.effects().isEmpty()) {
      follow(decided);
    } else if (state().move(deciding, deciding.commits())) {
      whereabouts()
          .waitsFor("committing what follows", saga.current().name(), times.leaseFrom(decidedAt));
      commit(new Attempt<>(saga, asked, decision, decided), shares);
    } else {
      thrown().tell(); // it has left meanwhile, and perhaps a step failed
    }
  }

  /** A step's own code failed: the saga is parked; null if it had not begun and never will. */
  private @Nullable Transition<D> poisoned(LiveSaga<D> saga, List<Signal> asked, Throwable e) {
    Throwable why = StepThrewException.cause(e);
    thrown().set(why);
    String step = e instanceof StepThrewException threw ? threw.step() : saga.current().name();
    TokenRedaction redaction = HostTexts.redaction(saga);
    parts().faults().failed(saga, step, why, redaction);
    if (!saga.stored()) {
      neverBegan(step, why, redaction);
      return null;
    }
    LiveSaga<D> informed = SignalRules.informed(asSent(saga), asked);
    return parts()
        .transitions()
        .poisoned(informed, "step " + step + " failed: " + redaction.reason(why));
  }

  private void commit(Attempt<D> attempt, boolean shares) {
    GroupCommit commits = parts().groupCommit();
    CompletableFuture<PendingCommit.Settled> commit =
        attempt.endsRefused()
            ? commits.commitRefused(attempt.decided().writeSet())
            : shares
                ? commits.submit(attempt.decided().writeSet())
                : commits.commit(attempt.decided().writeSet());
    commit.whenComplete((settled, fault) -> safely(() -> settled(attempt, settled, fault)));
  }

  private void settled(
      Attempt<D> attempt, PendingCommit.@Nullable Settled settled, @Nullable Throwable fault) {
    Committing<D> committing = state().committing();
    if (settled != null && settled.result() instanceof CommitResult.Committed) {
      if (committing != null) {
        state().move(committing, committing.written(settled.fence()));
      }
      whereabouts()
          .moveBy(
              decidedAt + parts().watchdog().times().mayTake(attempt.decided().next().current()));
      begun().complete(null);
      follow(attempt.decided());
    } else if (committing != null) {
      new FailedCommit<>(this, attempt)
          .goOn(committing, settled == null ? null : settled.result(), fault);
    } else {
      thrown().tell();
    }
  }

  private void follow(Transition<D> transition) {
    LiveSaga<D> saga = transition.next();
    if (transition.then() == Then.FINISH) {
      leave();
      parts().outcomes().ended(saga.definition(), id(), new SagaOutcome(saga.failure()));
    } else if (transition.then() == Then.RELEASE) {
      if (saga.state() == SagaState.PARKED) {
        log.error(
            "Saga {} ({}) is PARKED at {}: {}",
            id(),
            saga.definition().name(),
            saga.current().name(),
            saga.lastError());
      }
      leave();
    } else {
      calls.makeWhileLeased(this, saga, transition.then());
    }
  }
}
