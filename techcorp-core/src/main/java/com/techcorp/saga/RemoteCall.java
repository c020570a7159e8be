package com.techcorp.saga;

import java.time.Duration;
import java.util.UUID;

/**
 * A call that leaves the process. It runs on the engine's executor while no transaction, lock or
 * connection is held, and may run again after a crash: the called service must treat repeats with
 * the same {@link Context#idempotencyKey()} as one call.
 *
 * @param <D> the saga's data
 */
@FunctionalInterface
public interface RemoteCall<D> {
  /**
   * Makes the call and reports how it ended.
   *
   * @param data the saga's data
   * @param context this attempt
   * @return what it came to
   * @throws Exception means {@link StepResult.Unknown}
   */
  StepResult<D> call(D data, Context context) throws Exception;

  /**
   * What a call knows about its attempt.
   *
   * @param sagaId the saga
   * @param idempotencyKey the same for every attempt of this call
   * @param attempt counts from 1
   * @param age how long the saga lives already, by the storage's clock when it was claimed
   * @param undecided whether an earlier attempt may have had its effect and was never answered
   */
  record Context(
      UUID sagaId, String idempotencyKey, int attempt, Duration age, boolean undecided) {}
}
