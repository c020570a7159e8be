package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Span;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a saga does next. Pure: state and what happened, to state and effects. The one place
 * where the rules of going forward, back, waiting and parking stand.
 */
final class Transitions {
  private final JournalEntries journal;
  private final Moves moves;

  Transitions(JournalEntries journal) {
    this.journal = journal;
    this.moves = new Moves(journal);
  }

  /** Forward from the current step, which is local or has not been called yet. */
  <D> Transition<D> begin(LiveSaga<D> saga) {
    return moves.forward(saga, new ArrayList<>(), saga.step());
  }

  /**
   * Returns the next transition of a claimed saga, given the signals that it has not acted on yet.
   */
  <D> Transition<D> resume(LiveSaga<D> claimed, List<Signal> unread) {
    LiveSaga<D> saga = SignalRules.informed(claimed, unread);
    if (SignalRules.forces(unread)) {
      return forced(saga);
    }
    if (saga.state() == SagaState.COMPENSATING) {
      return resumeBack(saga);
    }
    Failure stop = stopReason(saga);
    if (saga.current() instanceof LocalStep<D> || !applies(saga)) {
      return stop == null
          ? begin(saga)
          : moves.back(saga, new ArrayList<>(), saga.step() - 1, stop);
    }
    if (stop != null && !saga.undecided()) {
      return moves.unsent(saga, new ArrayList<>(), stop);
    }
    return new Transition<>(saga, List.of(), List.of(), Then.CALL);
  }

  /**
   * Returns the next transition after all requests since the saga's last write. A definite answer
   * counts more than the operator's word that the call was done by hand.
   */
  <D> Transition<D> heeding(
      LiveSaga<D> saga, List<Signal> asked, Function<LiveSaga<D>, Transition<D>> decision) {
    LiveSaga<D> informed = SignalRules.informed(saga, asked);
    Transition<D> decided = decision.apply(informed);
    boolean open = decided.then() == Then.RELEASE || decided.then() == Then.SEND;
    return SignalRules.forces(asked) && open ? forced(informed) : decided;
  }

  /** Returns the decision that also heeds what was asked since the saga's last write. */
  <D> Decision<D> heeding(Function<LiveSaga<D>, Transition<D>> decision) {
    return (saga, asked) -> heeding(saga, asked, decision);
  }

  /** The current call is taken as done by hand; every guard of what follows still applies. */
  private <D> Transition<D> forced(LiveSaga<D> saga) {
    Failure why = saga.failure();
    if (saga.state() == SagaState.COMPENSATING) {
      return moves.back(
          saga, new ArrayList<>(), saga.step() - 1, why == null ? unexplained() : why);
    }
    if (saga.current() instanceof RemoteStep<D> remote && remote.appliesTo(saga.data())) {
      if (remote.byHand() != null) {
        return new Transition<>(saga, List.of(), List.of(), Then.FORCE);
      }
      return why == null
          ? moves.forward(saga, new ArrayList<>(), saga.step() + 1)
          : moves.back(saga, new ArrayList<>(), saga.step(), why);
    }
    return why == null ? begin(saga) : moves.back(saga, new ArrayList<>(), saga.step() - 1, why);
  }

  private <D> Transition<D> resumeBack(LiveSaga<D> saga) {
    Failure why = saga.failure() == null ? unexplained() : saga.failure();
    if (saga.current() instanceof RemoteStep<D> remote && remote.undo() != null) {
      return new Transition<>(saga, List.of(), List.of(), Then.UNDO);
    }
    return moves.back(saga, new ArrayList<>(), saga.step(), why);
  }

  /** Returns the transition right before a forward call of a step that notes it. */
  <D> Transition<D> noted(LiveSaga<D> saga, RemoteCall.Context context) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    Failure stop = stopReason(saga);
    if (stop != null && !saga.undecided()) {
      return moves.unsent(saga, new ArrayList<>(), stop);
    }
    D data = step.noted(saga.data(), context);
    if (data.equals(saga.data())) {
      return new Transition<>(saga, List.of(), List.of(), Then.SEND);
    }
    LiveSaga<D> next = saga.data(data);
    return new Transition<>(
        next.written(), List.of(journal.owned(next, null)), List.of(), Then.SEND);
  }

  /** Returns the transition after the answer of a forward call. */
  <D> Transition<D> answered(LiveSaga<D> saga, StepResult<D> result) {
    List<Effect> effects = new ArrayList<>(result.effects());
    Failure wish = saga.failure();
    if (result instanceof StepResult.Done<D> done) {
      LiveSaga<D> decided = saga.data(done.data());
      return wish == null
          ? moves.forward(decided, effects, saga.step() + 1)
          : moves.back(decided, effects, saga.step(), wish);
    }
    if (result instanceof StepResult.Rejected<D> rejected) {
      return moves.back(saga, effects, saga.step() - 1, wish == null ? rejected.failure() : wish);
    }
    if (result instanceof StepResult.Retry<D> retry) {
      // An earlier attempt without an answer may still arrive, whatever became of this one.
      return saga.undecided()
          ? unanswered(saga, effects, retry.reason())
          : notSent(saga, effects, retry.reason());
    }
    if (result instanceof StepResult.Parked<D> parked) {
      LiveSaga<D> tried = saga.tried(saga.attempt() + 1, true, parked.reason());
      return moves.parked(tried, effects, parked.reason());
    }
    return unanswered(saga, effects, ((StepResult.Unknown<D>) result).reason());
  }

  private <D> Transition<D> notSent(LiveSaga<D> saga, List<Effect> effects, String reason) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    Failure stop = stopReason(saga);
    LiveSaga<D> tried = saga.tried(saga.attempt() + 1, false, reason);
    if (stop != null) {
      return moves.unsent(tried, effects, stop);
    }
    if (!step.retryPolicy().exhausted(tried.attempt())) {
      return moves.waiting(tried, effects, step.retryPolicy());
    }
    if (step.parksWhenExhausted()) {
      return moves.parked(
          tried, effects, "gave up after " + tried.attempt() + " attempts: " + reason);
    }
    return moves.unsent(tried, effects, Failure.of(Failure.RETRIES_EXHAUSTED, reason));
  }

  /**
   * Returns the transition after the current call, forward or undoing, was not made at all: no
   * thread was free, or the service is unreachable. That says nothing about the provider, nor about
   * an earlier attempt: what was undecided stays so and is asked for, what was never sent is simply
   * sent later. It waits longer each time, but the budget's last attempt is left for a call that is
   * made; until then the step's time to decide is the limit.
   */
  <D> Transition<D> notMade(LiveSaga<D> saga, String reason) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    int last = Math.max(saga.attempt(), step.retryPolicy().attempts() - 1);
    LiveSaga<D> tried = saga.tried(Math.min(saga.attempt() + 1, last), saga.undecided(), reason);
    Failure stop = saga.state() == SagaState.COMPENSATING ? null : stopReason(saga);
    if (stop != null && !saga.undecided()) {
      return moves.unsent(tried, new ArrayList<>(), stop);
    }
    if (stop != null && step.abandonable()) {
      return moves.abandoned(tried, new ArrayList<>(), stop);
    }
    return moves.waiting(tried, new ArrayList<>(), step.retryPolicy());
  }

  private <D> Transition<D> unanswered(LiveSaga<D> saga, List<Effect> effects, String reason) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    effects.addAll(StepThrewException.unlessFine(step, () -> step.undecided(saga.data())));
    Failure stop = stopReason(saga);
    LiveSaga<D> tried = saga.tried(saga.attempt() + 1, true, reason);
    if (stop != null && step.abandonable()) {
      return moves.abandoned(tried, effects, stop);
    }
    boolean bounded = step.abandonable() && step.decisionLimit(saga.data()) != null;
    if (step.retryPolicy().exhausted(tried.attempt()) && !bounded) {
      return moves.parked(
          tried, effects, "undecided after " + tried.attempt() + " attempts: " + reason);
    }
    return moves.waiting(tried, effects, step.retryPolicy());
  }

  /** Returns the transition after the answer of an undoing call. */
  <D> Transition<D> undone(LiveSaga<D> saga, StepResult<D> result) {
    List<Effect> effects = new ArrayList<>(result.effects());
    Failure why = saga.failure() == null ? unexplained() : saga.failure();
    if (result instanceof StepResult.Done<D> done) {
      return moves.back(saga.data(done.data()), effects, saga.step() - 1, why);
    }
    if (result instanceof StepResult.Rejected<D> rejected) {
      return moves.parked(saga, effects, "compensation refused: " + rejected.failure().message());
    }
    if (result instanceof StepResult.Parked<D> parked) {
      return moves.parked(saga, effects, parked.reason());
    }
    String reason =
        result instanceof StepResult.Retry<D> retry
            ? retry.reason()
            : ((StepResult.Unknown<D>) result).reason();
    LiveSaga<D> tried = saga.tried(saga.attempt() + 1, true, reason);
    RetryPolicy policy = ((RemoteStep<D>) saga.current()).retryPolicy();
    return policy.exhausted(tried.attempt())
        ? moves.parked(
            tried, effects, "compensation gave up after " + tried.attempt() + ": " + reason)
        : moves.waiting(tried, effects, policy);
  }

  /**
   * Returns the transition after a guard refused an effect. The effects before the refused local
   * step stand, and are compensated in the same transaction with everything earlier.
   */
  <D> Transition<D> refused(Transition<D> was, LiveSaga<D> before, int effect, Failure failure) {
    for (Span span : was.spans()) {
      if (effect >= span.from() && effect < span.to()) {
        List<Effect> kept = new ArrayList<>(was.effects().subList(0, span.from()));
        LiveSaga<D> reached = before.data(was.next().data()).failing(null);
        return moves.back(reached, kept, span.step() - 1, failure);
      }
    }
    String reason = "refused: " + failure.code() + " " + failure.message();
    if (before.current() instanceof RemoteStep<D> remote) {
      // What the answer wants to write was overtaken: ask again, the answer decides again.
      LiveSaga<D> tried = before.tried(before.attempt() + 1, true, reason);
      return remote.retryPolicy().exhausted(tried.attempt())
          ? moves.parked(tried, new ArrayList<>(), reason)
          : moves.waiting(tried, new ArrayList<>(), remote.retryPolicy());
    }
    return moves.parked(before, new ArrayList<>(), reason);
  }

  /**
   * Returns the transition to wait and try the same again, because another transaction keeps a row
   * locked. The decision is not kept, so later requests take effect then; if a call answered, the
   * saga says so by {@code undecided}.
   */
  <D> Transition<D> later(LiveSaga<D> saga, int asked, Duration in, String reason) {
    LiveSaga<D> tried = saga.tried(saga.attempt(), saga.undecided(), reason);
    return new Transition<>(
        tried.written(), List.of(journal.dueUnheeded(tried, asked, in)), List.of(), Then.RELEASE);
  }

  /** Returns a saga that cannot go on for a reason of its own: its neighbours are not to suffer. */
  <D> Transition<D> poisoned(LiveSaga<D> saga, String error) {
    return moves.parked(saga, new ArrayList<>(), error);
  }

  /** A saga that was begun by another's transaction may stand at a step that it does not have. */
  private static <D> boolean applies(LiveSaga<D> saga) {
    return !(saga.current() instanceof RemoteStep<D> remote) || remote.appliesTo(saga.data());
  }

  private static <D> @Nullable Failure stopReason(LiveSaga<D> saga) {
    if (saga.failure() != null) {
      return saga.failure();
    }
    return saga.deadlinePassed() ? Failure.of(Failure.EXPIRED, "not decided in time") : null;
  }

  private static Failure unexplained() {
    return Failure.of("UNKNOWN", "the reason was not recorded");
  }
}
