package com.techcorp.saga;

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
}
