package com.techcorp.saga;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import java.util.Arrays;
import java.util.List;

/**
 * The result of a remote call. The effects are written with whatever the saga does next, in one
 * transaction.
 *
 * @param <D> the saga's data
 */
public sealed interface StepResult<D> {
  /**
   * Returns the effects to write for this result.
   *
   * @return the effects, in order
   */
  List<Effect> effects();

  /**
   * The call did its work.
   *
   * @param data the saga's data from here on
   * @param effects what to write
   * @param <D> the saga's data
   */
  record Done<D>(D data, List<Effect> effects) implements StepResult<D> {}

  /**
   * The call was definitely refused and had no effect: the saga compensates its earlier steps.
   *
   * @param failure why
   * @param effects what to write
   * @param <D> the saga's data
   */
  record Rejected<D>(Failure failure, List<Effect> effects) implements StepResult<D> {}

  /**
   * The call failed and certainly had no effect (or was never sent): the saga tries again later.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   */
  record Retry<D>(String reason, List<Effect> effects) implements StepResult<D> {}

  /**
   * The call may or may not have had its effect: the saga asks later, with {@link
   * RemoteStep#asking}. An exception out of a call means the same.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   */
  record Unknown<D>(String reason, List<Effect> effects) implements StepResult<D> {}

  /**
   * The call needs an operator: the saga is parked at once, whatever is left of its budget. It
   * counts as undecided, so what an operator lets run again asks first.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   */
  record Parked<D>(String reason, List<Effect> effects) implements StepResult<D> {}

  /**
   * Reports that the call did its work.
   *
   * @param data the saga's data from here on
   * @param effects what to write
   * @param <D> the saga's data
   * @return the result
   */
  static <D> StepResult<D> done(D data, Effect... effects) {
    return new Done<>(data, Arrays.asList(effects));
  }

  /**
   * Reports that the call was definitely refused.
   *
   * @param failure why
   * @param effects what to write
   * @param <D> the saga's data
   * @return the result
   */
  static <D> StepResult<D> rejected(Failure failure, Effect... effects) {
    return new Rejected<>(failure, Arrays.asList(effects));
  }

  /**
   * Reports that the call certainly had no effect and should be tried again later.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   * @return the result
   */
  static <D> StepResult<D> retry(String reason, Effect... effects) {
    return new Retry<>(reason, Arrays.asList(effects));
  }

  /**
   * Reports that the call may or may not have had its effect.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   * @return the result
   */
  static <D> StepResult<D> unknown(String reason, Effect... effects) {
    return new Unknown<>(reason, Arrays.asList(effects));
  }

  /**
   * Reports that the call needs an operator.
   *
   * @param reason for operators
   * @param effects what to write
   * @param <D> the saga's data
   * @return the result
   */
  static <D> StepResult<D> parked(String reason, Effect... effects) {
    return new Parked<>(reason, Arrays.asList(effects));
  }
}
