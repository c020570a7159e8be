package com.techcorp.saga;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a {@link RemoteStep}.
 *
 * @param before the first call
 * @param undecided whenever a call's fate is not known
 * @param compensation to undo the step
 * @param notSent when the saga goes back from a call that surely had no effect
 * @param abandonment when the saga stops waiting for a call; null: it never does
 * @param report of an answer that came too late; null: it is dropped
 */
record EffectsOfStep<D>(
    Function<D, List<? extends Effect>> before,
    Function<D, List<? extends Effect>> undecided,
    BiFunction<D, Failure, List<? extends Effect>> compensation,
    BiFunction<D, Failure, List<? extends Effect>> notSent,
    @Nullable BiFunction<D, Failure, List<? extends Effect>> abandonment,
    @Nullable BiFunction<D, StepResult<D>, List<? extends Effect>> report) {
  static <D> EffectsOfStep<D> none() {
    return new EffectsOfStep<>(
        data -> List.of(),
        data -> List.of(),
        (data, why) -> List.of(),
        (data, why) -> List.of(),
        null,
        null);
  }

  <E> EffectsOfStep<E> seenFrom(StepView<E, D> view) {
    return new EffectsOfStep<>(
        view.of(before),
        view.of(undecided),
        view.of(compensation),
        view.of(notSent),
        view.orNull(abandonment),
        view.report(report));
  }

  EffectsOfStep<D> before(Function<D, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(effects, undecided, compensation, notSent, abandonment, report);
  }

  EffectsOfStep<D> whenUndecided(Function<D, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(before, effects, compensation, notSent, abandonment, report);
  }

  EffectsOfStep<D> compensatedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(before, undecided, effects, notSent, abandonment, report);
  }

  EffectsOfStep<D> whenNotSent(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(before, undecided, compensation, effects, abandonment, report);
  }

  EffectsOfStep<D> abandonedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(before, undecided, compensation, notSent, effects, report);
  }

  EffectsOfStep<D> reportedBy(BiFunction<D, StepResult<D>, List<? extends Effect>> effects) {
    return new EffectsOfStep<>(before, undecided, compensation, notSent, abandonment, effects);
  }
}
