package com.techcorp.saga;

import com.techcorp.error.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a saga stands, as the journal keeps it.
 *
 * @param step the current step's name
 * @param state where it goes
 * @param attempt how often the current call was tried
 * @param undecided whether the current call may have been sent without an answer
 * @param runIn when it is due again and then no longer owned; null: it stays with the writing node
 * @param decideWithin the time from now within which the current step must decide; null: unchanged
 * @param moveWithin the time from now within which the node that owns it must move it again: the
 *     step's time-out and the lease; then it is taken from that node. Null: {@link #MOVE_WITHIN};
 *     without meaning for a saga that is due later or parked
 * @param data the saga's own data, as JSON
 * @param failure why it goes back (or, while RUNNING, the recorded wish to stop), or null
 * @param lastError the last error for operators, or null
 * @param compensating whether it goes back. A PARKED saga keeps the direction it had, because that
 *     is how it goes on: a recorded wish to stop does not say what became of a call that may have
 *     been sent
 */
public record SagaPosition(
    String step,
    SagaState state,
    int attempt,
    boolean undecided,
    @Nullable Duration runIn,
    @Nullable Duration decideWithin,
    @Nullable Duration moveWithin,
    String data,
    @Nullable Failure failure,
    @Nullable String lastError,
    boolean compensating) {
  /** Within which an owned saga must move, if its position does not say: one minute. */
  public static final Duration MOVE_WITHIN = Duration.ofMinutes(1);

  /**
   * A position.
   *
   * @throws IllegalArgumentException if the state has another direction than the position
   */
  public SagaPosition {
    if (state != SagaState.PARKED && compensating != (state == SagaState.COMPENSATING)) {
      throw new IllegalArgumentException(state + " with compensating = " + compensating);
    }
  }

  /**
   * A position of a saga that goes back if it is COMPENSATING, and forward otherwise.
   *
   * @param step the current step's name
   * @param state where it goes; PARKED on its way forward
   * @param attempt how often the current call was tried
   * @param undecided whether the current call may have been sent without an answer
   * @param runIn when it is due again; null: it stays with the writing node
   * @param decideWithin the time within which the current step must decide; null: unchanged
   * @param data the saga's own data, as JSON
   * @param failure why it goes back, or null
   * @param lastError the last error for operators, or null
   */
  public SagaPosition(
      String step,
      SagaState state,
      int attempt,
      boolean undecided,
      @Nullable Duration runIn,
      @Nullable Duration decideWithin,
      String data,
      @Nullable Failure failure,
      @Nullable String lastError) {
    this(
        step,
        state,
        attempt,
        undecided,
        runIn,
        decideWithin,
        null,
        data,
        failure,
        lastError,
        state == SagaState.COMPENSATING);
  }

  /**
   * The same, waiting for an operator.
   *
   * @param error why
   * @return the position, with the direction of this one
   */
  public SagaPosition parked(String error) {
    return new SagaPosition(
        step,
        SagaState.PARKED,
        attempt,
        undecided,
        null,
        null,
        null,
        data,
        failure,
        error,
        compensating);
  }

  /**
   * Whether the node that writes it keeps it.
   *
   * @return true if it is neither due later nor parked
   */
  public boolean owned() {
    return runIn == null && state != SagaState.PARKED;
  }

  /**
   * Within which time its owner must move it again.
   *
   * @return null if it is not {@link #owned}
   */
  public @Nullable Duration mustMoveWithin() {
    if (!owned()) {
      return null;
    }
    return moveWithin == null ? MOVE_WITHIN : moveWithin;
  }
}
