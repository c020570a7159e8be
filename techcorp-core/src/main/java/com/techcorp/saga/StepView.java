package com.techcorp.saga;

import com.techcorp.storage.Effect;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows a step that works on a part of a saga's data to a saga with all of it: each function of the
 * step is wrapped once.
 *
 * @param view takes the part out
 * @param update puts the part back
 * @param <E> the saga's data
 * @param <D> the part that the step sees
 */
record StepView<E, D>(Function<E, D> view, BiFunction<E, D, E> update) {
  D part(E data) {
    return view.apply(data);
  }

  @Nullable RemoteCall<E> callOrNull(@Nullable RemoteCall<D> call) {
    return call == null ? null : call(call);
  }

  RemoteCall<E> call(RemoteCall<D> call) {
    return (data, context) ->
        mapped(call.call(part(data), context), changed -> update.apply(data, changed));
  }

  @Nullable BiFunction<E, RemoteCall.Context, E> note(
      @Nullable BiFunction<D, RemoteCall.Context, D> note) {
    return note == null
        ? null
        : (data, context) -> update.apply(data, note.apply(part(data), context));
  }

  <T> Function<E, T> of(Function<D, T> function) {
    return data -> function.apply(part(data));
  }

  <T, R> BiFunction<E, T, R> of(BiFunction<D, T, R> function) {
    return (data, other) -> function.apply(part(data), other);
  }

  <T, R> @Nullable BiFunction<E, T, R> orNull(@Nullable BiFunction<D, T, R> function) {
    return function == null ? null : of(function);
  }

  @Nullable BiFunction<E, StepResult<E>, List<? extends Effect>> report(
      @Nullable BiFunction<D, StepResult<D>, List<? extends Effect>> report) {
    return report == null ? null : (data, answer) -> report.apply(part(data), mapped(answer, view));
  }

  private static <A, B> StepResult<B> mapped(StepResult<A> result, Function<A, B> data) {
    if (result instanceof StepResult.Done<A> done) {
      return new StepResult.Done<>(data.apply(done.data()), done.effects());
    }
    if (result instanceof StepResult.Rejected<A> rejected) {
      return new StepResult.Rejected<>(rejected.failure(), rejected.effects());
    }
    if (result instanceof StepResult.Retry<A> retry) {
      return new StepResult.Retry<>(retry.reason(), retry.effects());
    }
    if (result instanceof StepResult.Parked<A> parked) {
      return new StepResult.Parked<>(parked.reason(), parked.effects());
    }
    StepResult.Unknown<A> unknown = (StepResult.Unknown<A>) result;
    return new StepResult.Unknown<>(unknown.reason(), unknown.effects());
  }
}
