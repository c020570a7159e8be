package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.Reasons;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.Signal;
import com.techcorp.saga.internal.ExecutionState.Deciding;
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
 * A saga that this process holds in memory: where it is, who waits for its beginning, and the ways
 * out. One thread at a time drives it and hands it on; the {@link Watchdog} may take it at any
 * moment. Every way out is {@link #leave}, which reports an answer that no commit wrote.
 *
 * @param <D> the saga's data
 */
abstract class HeldSaga<D> implements DrivenSaga {
  private static final Logger log = LoggerFactory.getLogger(HeldSaga.class);

  private final EngineParts parts;
  private final UUID id;
  private final Runnable onLeave;
  private final boolean claimed;
  private final Whereabouts at;
  private final long beginBy;
  private final CompletableFuture<@Nullable Failure> begun = new CompletableFuture<>();
  private final ExecutionCell<D> state;
  private final DeferredFault thrown;

  /**
   * @param onLeave runs once, when this process holds the saga no longer
   * @param claimedUnder the lease under which this process claimed it; null if it begins here
   */
  HeldSaga(EngineParts parts, UUID id, Runnable onLeave, @Nullable Fence claimedUnder) {
    this.parts = parts;
    this.id = id;
    this.onLeave = onLeave;
    this.claimed = claimedUnder != null;
    this.at = parts.watchdog().times().arrival();
    this.beginBy = parts.watchdog().times().beginBy();
    this.thrown = new DeferredFault(parts.faults());
    this.state =
        new ExecutionCell<>(
            id,
            claimedUnder == null ? ExecutionState.fresh() : ExecutionState.claimed(claimedUnder));
  }

  /** Decides what the saga does next, and does that. */
  abstract void decide(LiveSaga<D> saga, Function<LiveSaga<D>, Transition<D>> decision);

  /**
   * Decides what the saga does next, given what was asked of it, and does that.
   *
   * @param shares whether its commit is to wait for others, instead of going alone if it can
   */
  abstract void decide(LiveSaga<D> saga, List<Signal> asked, Decision<D> decision, boolean shares);

  final EngineParts parts() {
    return parts;
  }

  @Override
  public final UUID id() {
    return id;
  }

  /** Null once the beginning is durable; a failure if the saga was refused as a whole. */
  final CompletableFuture<@Nullable Failure> begun() {
    return begun;
  }

  @Override
  public final Whereabouts whereabouts() {
    return at;
  }

  @Override
  public final long beginBy() {
    return beginBy;
  }

  final boolean isClaimed() {
    return claimed;
  }

  final ExecutionCell<D> state() {
    return state;
  }

  final @Nullable Fence fence() {
    return state.fence();
  }

  final boolean hasLeft() {
    return state.hasLeft();
  }

  /** Returns the fault to report to the node when the saga has left. */
  final DeferredFault thrown() {
    return thrown;
  }

  @Override
  public final boolean tooSlow() {
    return begun.completeExceptionally(
        new UnavailableException("its beginning was not durable in time and may still become so"));
  }

  @Override
  public final void taken(String why) {
    begun.completeExceptionally(new UnavailableException(why + ": another process finishes it"));
    leave();
  }

  /** Gives the answer in hand to be reported. False if the saga has left, and has done that. */
  final boolean reportsUnwritten() {
    Deciding<D> deciding = state.deciding();
    if (deciding == null || !state.move(deciding, deciding.withoutAnswer())) {
      return false;
    }
    parts.late().reportUnwritten(deciding.unwritten());
    return true;
  }

  /** A saga that cannot write its call's answer must not count as one whose call was not sent. */
  final LiveSaga<D> asSent(LiveSaga<D> saga) {
    return state.unwritten() == null ? saga : saga.tried(saga.attempt(), true, saga.lastError());
  }

  /** Nothing was written, so there is nothing to park. */
  final void neverBegan(String step, Throwable why, TokenRedaction redaction) {
    begun.completeExceptionally(
        why instanceof TechCorpException && !(why instanceof UnstorableDataException)
            ? why
            : new StepFailedException(step, redaction.reason(why), redaction.safe(why)));
    leave();
  }

  /** Its fate is not known, or the lease is gone: the journal knows better than this process. */
  final void lost(Throwable fault) {
    begun.completeExceptionally(
        fault instanceof TechCorpException
            ? fault
            : new UnavailableException("its fate is not known: " + Reasons.of(fault), fault));
    leave();
  }

  /** This process owns the saga but cannot go on with it: it must become due again. */
  final void abandon(Throwable fault) {
    Fence mine = fence();
    lost(fault);
    if (mine != null) {
      parts.watchdog().letGo(mine, id, fault);
    }
  }

  /** An error of ours between two steps must neither be swallowed nor leave the saga stuck. */
  final void safely(Runnable next) {
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
  final void leave() {
    ExecutionState<D> before = state.leave();
    if (before == null) {
      return;
    }
    parts.late().report(before.unwritten());
    parts.watchdog().forget(this);
    try {
      onLeave.run();
    } finally {
      thrown.tell();
    }
  }
}
