package com.techcorp.saga;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a {@link RemoteStep} makes.
 *
 * @param call goes forward
 * @param inquiry looks at what became of a call; null: the call is repeated
 * @param undo goes back; null: the step's effects do that
 * @param byHand stands in for a call that was done by hand; null: it counts as done
 * @param note what the saga's data notes right before a forward call; null: nothing
 */
record CallsOfStep<D>(
    RemoteCall<D> call,
    @Nullable RemoteCall<D> inquiry,
    @Nullable RemoteCall<D> undo,
    @Nullable RemoteCall<D> byHand,
    @Nullable BiFunction<D, RemoteCall.Context, D> note) {
  <E> CallsOfStep<E> seenFrom(StepView<E, D> view) {
    return new CallsOfStep<>(
        view.call(call),
        view.callOrNull(inquiry),
        view.callOrNull(undo),
        view.callOrNull(byHand),
        view.note(note));
  }

  CallsOfStep<D> asking(RemoteCall<D> ask) {
    return new CallsOfStep<>(call, ask, undo, byHand, note);
  }

  CallsOfStep<D> undoneBy(RemoteCall<D> back) {
    return new CallsOfStep<>(call, inquiry, back, byHand, note);
  }

  CallsOfStep<D> forcedBy(RemoteCall<D> forced) {
    return new CallsOfStep<>(call, inquiry, undo, forced, note);
  }

  CallsOfStep<D> noting(BiFunction<D, RemoteCall.Context, D> noted) {
    return new CallsOfStep<>(call, inquiry, undo, byHand, noted);
  }
}
