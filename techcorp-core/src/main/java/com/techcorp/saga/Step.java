package com.techcorp.saga;

import com.techcorp.storage.Effect;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One step of a saga: {@link LocalStep} if its effects are in the saga's own storage (it then
 * shares a transaction with its local neighbours), {@link RemoteStep} if it leaves the process.
 *
 * @param <D> the saga's data
 */
public sealed interface Step<D> permits LocalStep, RemoteStep {
  /**
   * Returns the step's name, unique in its definition; it is stored with live sagas.
   *
   * @return the name
   */
  String name();

  /**
   * Returns this step for a saga with other data, of which the step sees a part.
   *
   * @param view takes the part out
   * @param update puts the part back
   * @param <E> the other data
   * @return the same step, seen from there
   */
  <E> Step<E> within(Function<E, D> view, BiFunction<E, D, E> update);

  /**
   * A step whose effects are in the saga's own storage.
   *
   * @param name its name, unique in the definition
   * @param forward what it writes; must be pure
   * @param <D> the saga's data
   * @return the step
   */
  static <D> LocalStep<D> local(String name, Function<D, List<? extends Effect>> forward) {
    return LocalStep.of(name, forward);
  }

  /**
   * Returns a step that leaves the process.
   *
   * @param name its name, unique in the definition
   * @param call the call, idempotent by its key
   * @param <D> the saga's data
   * @return the step
   */
  static <D> RemoteStep<D> remote(String name, RemoteCall<D> call) {
    return RemoteStep.of(name, call);
  }
}
