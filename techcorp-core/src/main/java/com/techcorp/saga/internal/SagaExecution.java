package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.Reasons;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.internal.Decision.Attempt;
import com.techcorp.saga.internal.ExecutionState.Committing;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one saga in this process: decides, commits, calls, decides again, until it ends, waits in
 * the journal, or belongs to another process. One thread at a time drives it and hands it on; the
 * {@link Watchdog} may take it at any moment. Every way out is {@link #leave}, which reports an
 * answer that no commit wrote.
 */
final class SagaExecution<D> implements DrivenSaga {
  private static final Logger log = LoggerFactory.getLogger(SagaExecution.class);

  private final SagaRunner runner;
  private final UUID id;
  private final Runnable onLeave;
  private final boolean claimed;
  private final Whereabouts at;
  private final long beginBy;
  private final CompletableFuture<@Nullable Failure> begun = new CompletableFuture<>();
  private final ExecutionCell<D> state;

  private final DeferredFault thrown;

  /** The time of the decision that is being committed; belongs to the driving thread. */
  private long decidedAt;

  /**
   * @param claimedUnder the lease under which this process claimed it; null if it begins here
   */
  SagaExecution(SagaRunner runner, UUID id, Runnable onLeave, @Nullable Fence claimedUnder) {
    this.runner = runner;
    this.id = id;
    this.onLeave = onLeave;
    this.claimed = claimedUnder != null;
    this.at = runner.watchdog().times().arrival();
    this.beginBy = runner.watchdog().times().beginBy();
    this.thrown = new DeferredFault(runner.faults());
    this.state =
        new ExecutionCell<>(
            id,
            claimedUnder == null ? ExecutionState.fresh() : ExecutionState.claimed(claimedUnder));
  }

  /** Null once the beginning is durable; a failure if the saga was refused as a whole. */
  CompletableFuture<@Nullable Failure> begun() {
    return begun;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public Whereabouts whereabouts() {
    return at;
  }

  @Override
  public long beginBy() {
    return beginBy;
  }

  @Override
  public boolean tooSlow() {
    return begun.completeExceptionally(
        new UnavailableException("its beginning was not durable in time and may still become so"));
  }

  @Override
  public void taken(String why) {
    begun.completeExceptionally(new UnavailableException(why + ": another process finishes it"));
    leave();
  }

  SagaRunner runner() {
    return runner;
  }

  ExecutionCell<D> state() {
    return state;
  }

  /** Returns the fault to report to the node when the saga has left. */
  DeferredFault thrown() {
    return thrown;
  }

  boolean isClaimed() {
    return claimed;
  }

  @Nullable Fence fence() {
    return state.fence();
  }

  boolean hasLeft() {
    return state.hasLeft();
  }

  void start(LiveSaga<D> saga) {
    runner.watchdog().watch(this);
    decide(saga, runner.transitions()::begin);
  }

  void resume(LiveSaga<D> saga, List<Signal> unread, long claimedAt) {
    Watchdog watchdog = runner.watchdog();
    at.moveBy(claimedAt + watchdog.times().mayTake(saga.current()));
    begun.complete(null);
    if (!watchdog.times().keepsOthersAway(at)) {
      log.warn("The claim of saga {} came back too late: another node may have it", id);
      leave();
      return;
    }
    watchdog.watchClaimed(this);
    // One of many that were claimed: they are to share a batch.
    decide(saga, unread, runner.transitions()::resume, true);
  }

  // Deciding and committing

  void decide(LiveSaga<D> saga, Function<LiveSaga<D>, Transition<D>> decision) {
    decide(saga, List.of(), heeding(decision), false);
  }

  Decision<D> heeding(Function<LiveSaga<D>, Transition<D>> decision) {
    return (saga, asked) -> runner.transitions().heeding(saga, asked, decision);
  }

  /**
   * @param shares whether its commit is to wait for others, instead of going alone if it can
   */
  void decide(LiveSaga<D> saga, List<Signal> asked, Decision<D> decision, boolean shares) {
    Deciding<D> deciding = state.deciding();
    if (deciding == null) {
      return;
    }
    MoveTimes times = runner.watchdog().times();
    decidedAt = times.now();
    at.isAt("deciding its next step after", saga.current().name(), times.leaseFrom(decidedAt));
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
    } else if (state.move(deciding, deciding.commits())) {
      at.waitsFor("committing what follows", saga.current().name(), times.leaseFrom(decidedAt));
      commit(new Attempt<>(saga, asked, decision, decided), shares);
    } else {
      thrown.tell(); // it has left meanwhile, and perhaps a step failed
    }
  }

  /** A step's own code failed: the saga is parked; null if it had not begun and never will. */
  private @Nullable Transition<D> poisoned(LiveSaga<D> saga, List<Signal> asked, Throwable e) {
    Throwable why = StepThrewException.cause(e);
    thrown.set(why);
    String step = e instanceof StepThrewException threw ? threw.step() : saga.current().name();
    TokenRedaction redaction = HostTexts.redaction(saga);
    runner.faults().failed(saga, step, why, redaction);
    if (!saga.stored()) {
      neverBegan(step, why, redaction);
      return null;
    }
    LiveSaga<D> informed = Transitions.informed(asSent(saga), asked);
    return runner
        .transitions()
        .poisoned(informed, "step " + step + " failed: " + redaction.reason(why));
  }

  private void commit(Attempt<D> attempt, boolean shares) {
    GroupCommit commits = runner.groupCommit();
    CompletableFuture<GroupCommit.Settled> commit =
        attempt.endsRefused()
            ? commits.commitRefused(attempt.decided().writeSet())
            : shares
                ? commits.submit(attempt.decided().writeSet())
                : commits.commit(attempt.decided().writeSet());
    commit.whenComplete((settled, fault) -> safely(() -> settled(attempt, settled, fault)));
  }

  private void settled(
      Attempt<D> attempt, GroupCommit.@Nullable Settled settled, @Nullable Throwable fault) {
    Committing<D> committing = state.committing();
    if (settled != null && settled.result() instanceof CommitResult.Committed) {
      if (committing != null) {
        state.move(committing, committing.written(settled.fence()));
      }
      at.moveBy(decidedAt + runner.watchdog().times().mayTake(attempt.decided().next().current()));
      begun.complete(null);
      follow(attempt.decided());
    } else if (committing != null) {
      new FailedCommit<>(this, attempt)
          .goOn(committing, settled == null ? null : settled.result(), fault);
    } else {
      thrown.tell();
    }
  }

  private void follow(Transition<D> transition) {
    LiveSaga<D> saga = transition.next();
    if (transition.then() == Then.FINISH) {
      leave();
      runner.outcomes().ended(saga.definition(), id, new SagaOutcome(saga.failure()));
    } else if (transition.then() == Then.RELEASE) {
      if (saga.state() == SagaState.PARKED) {
        log.error(
            "Saga {} ({}) is PARKED at {}: {}",
            id,
            saga.definition().name(),
            saga.current().name(),
            saga.lastError());
      }
      leave();
    } else {
      runner.calls().makeWhileLeased(this, saga, transition.then());
    }
  }

  /** Gives the answer in hand to be reported. False if the saga has left, and has done that. */
  boolean reportsUnwritten() {
    Deciding<D> deciding = state.deciding();
    if (deciding == null || !state.move(deciding, deciding.withoutAnswer())) {
      return false;
    }
    runner.calls().reportUnwritten(deciding.unwritten());
    return true;
  }

  /** A saga that cannot write its call's answer must not count as one whose call was not sent. */
  LiveSaga<D> asSent(LiveSaga<D> saga) {
    return state.unwritten() == null ? saga : saga.tried(saga.attempt(), true, saga.lastError());
  }

  // Leaving

  /** Nothing was written, so there is nothing to park. */
  void neverBegan(String step, Throwable why, TokenRedaction redaction) {
    begun.completeExceptionally(
        why instanceof TechCorpException && !(why instanceof UnstorableDataException)
            ? why
            : new StepFailedException(step, redaction.reason(why), redaction.safe(why)));
    leave();
  }

  /** Its fate is not known, or the lease is gone: the journal knows better than this process. */
  void lost(Throwable fault) {
    begun.completeExceptionally(
        fault instanceof TechCorpException
            ? fault
            : new UnavailableException("its fate is not known: " + Reasons.of(fault), fault));
    leave();
  }

  /** This process owns the saga but cannot go on with it: it must become due again. */
  void abandon(Throwable fault) {
    Fence mine = fence();
    lost(fault);
    if (mine != null) {
      runner.watchdog().letGo(mine, id, fault);
    }
  }

  /** An error of ours between two steps must neither be swallowed nor leave the saga stuck. */
  void safely(Runnable next) {
    try {
      next.run();
    } catch (Throwable e) {
      log.error("Driving a saga failed unexpectedly; it is taken up again from the journal", e);
      thrown.set(e);
      abandon(e);
      thrown.tell();
    }
  }

  /** Once, on whichever way out comes first. */
  void leave() {
    ExecutionState<D> before = state.leave();
    if (before == null) {
      return;
    }
    runner.calls().report(before.unwritten());
    runner.watchdog().forget(this);
    try {
      onLeave.run();
    } finally {
      thrown.tell();
    }
  }
}
