package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import com.techcorp.saga.internal.Transition.Span;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moves that a saga can make: forward, back, wait, park, each with the effects it needs. {@link
 * Transitions} says which one it is. Pure.
 */
final class Moves {
  private final JournalEntries journal;

  Moves(JournalEntries journal) {
    this.journal = journal;
  }

  /** Returns the transition that stops waiting for the current call and compensates. */
  <D> Transition<D> abandoned(LiveSaga<D> saga, List<Effect> effects, Failure why) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    effects.addAll(StepThrewException.unlessFine(step, () -> step.abandonment(saga.data(), why)));
    return back(saga, effects, saga.step() - 1, why);
  }

  /**
   * Returns the transition that compensates from the current call, which certainly had no effect.
   */
  <D> Transition<D> unsent(LiveSaga<D> saga, List<Effect> effects, Failure why) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    effects.addAll(StepThrewException.unlessFine(step, () -> step.notSent(saga.data(), why)));
    return back(saga, effects, saga.step() - 1, why);
  }

  /** Forward from a step, through local ones, to the next call or the end. */
  <D> Transition<D> forward(LiveSaga<D> saga, List<Effect> effects, int from) {
    List<Span> spans = new ArrayList<>();
    List<Step<D>> steps = saga.definition().steps();
    for (int i = from; i < steps.size(); i++) {
      if (steps.get(i) instanceof RemoteStep<D> remote) {
        if (!StepThrewException.unlessFine(remote, () -> remote.appliesTo(saga.data()))) {
          continue;
        }
        effects.addAll(StepThrewException.unlessFine(remote, () -> remote.beforeCall(saga.data())));
        LiveSaga<D> next = saga.at(i, SagaState.RUNNING);
        Duration limit =
            StepThrewException.unlessFineOrNull(remote, () -> remote.decisionLimit(saga.data()));
        effects.add(journal.owned(next, limit));
        return new Transition<>(next.written(), effects, spans, Then.CALL);
      }
      LocalStep<D> local = (LocalStep<D>) steps.get(i);
      Failure known = i == 0 ? null : knownRefusal(local, saga.data());
      if (known != null) {
        return back(saga.failing(null), effects, i - 1, known);
      }
      int start = effects.size();
      effects.addAll(StepThrewException.unlessFine(local, () -> local.forward(saga.data())));
      spans.add(new Span(i, start, effects.size()));
    }
    return finished(saga.failing(null), effects, spans);
  }

  private static <D> @Nullable Failure knownRefusal(LocalStep<D> step, D data) {
    return StepThrewException.unlessFineOrNull(step, () -> step.knownRefusal(data).orElse(null));
  }

  /** Back from a step, undoing what was done, to the next undoing call or the end. */
  <D> Transition<D> back(LiveSaga<D> saga, List<Effect> effects, int from, Failure why) {
    List<Step<D>> steps = saga.definition().steps();
    for (int i = from; i >= 0; i--) {
      if (steps.get(i) instanceof RemoteStep<D> remote) {
        if (!StepThrewException.unlessFine(remote, () -> remote.appliesTo(saga.data()))) {
          continue;
        }
        effects.addAll(
            StepThrewException.unlessFine(remote, () -> remote.compensation(saga.data(), why)));
        if (remote.undo() != null) {
          LiveSaga<D> next = saga.at(i, SagaState.COMPENSATING).failing(why);
          effects.add(journal.owned(next, null));
          return new Transition<>(next.written(), effects, List.of(), Then.UNDO);
        }
      } else {
        LocalStep<D> local = (LocalStep<D>) steps.get(i);
        effects.addAll(
            StepThrewException.unlessFine(local, () -> local.compensation(saga.data(), why)));
      }
    }
    return finished(saga.failing(why), effects, List.of());
  }

  private <D> Transition<D> finished(LiveSaga<D> saga, List<Effect> effects, List<Span> spans) {
    effects.addAll(journal.ended(saga));
    return new Transition<>(saga, effects, spans, Then.FINISH);
  }

  /** Returns the transition to wait in the journal for the next attempt. */
  <D> Transition<D> waiting(LiveSaga<D> saga, List<Effect> effects, RetryPolicy policy) {
    effects.add(journal.due(saga, policy.waitAfter(saga.attempt())));
    return new Transition<>(saga.written(), effects, List.of(), Then.RELEASE);
  }

  /** Returns the transition to wait in the journal for an operator. */
  <D> Transition<D> parked(LiveSaga<D> saga, List<Effect> effects, String error) {
    LiveSaga<D> next = saga.parked(error);
    effects.add(journal.parked(next, saga.state()));
    return new Transition<>(next.written(), effects, List.of(), Then.RELEASE);
  }
}
