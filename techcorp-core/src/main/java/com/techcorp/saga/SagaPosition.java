package com.techcorp.saga;

import com.techcorp.error.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The position of a saga in its steps, as the journal keeps it.
 *
 * @param step the current step's name
 * @param state where it goes
 * @param compensating whether it goes back. A PARKED saga keeps the direction it had, because that
 *     is how it goes on: a recorded wish to stop does not say what became of a call that may have
 *     been sent
 * @param call how the current call went so far
 * @param data the saga's own data, as JSON
 * @param failure why it goes back (or, while RUNNING, the recorded wish to stop), or null
 * @param timing when it must go on; {@link Timing#NONE} in a position that was read
 */
public record SagaPosition(
    String step,
    SagaState state,
    boolean compensating,
    Call call,
    String data,
    @Nullable Failure failure,
    Timing timing) {
  /** The default time within which an owned saga must move: one minute. */
  public static final Duration MOVE_WITHIN = Duration.ofMinutes(1);

  /**
   * How the current step's call went so far.
   *
   * @param attempt how often it was tried
   * @param undecided whether it may have been sent without an answer
   * @param lastError the last error for operators, or null
   */
  public record Call(int attempt, boolean undecided, @Nullable String lastError) {
    /** A call that was not tried yet. */
    public static final Call NONE = new Call(0, false, null);
  }

  /**
   * The times at which a saga must continue, relative to now.
   *
   * @param runIn when it is due again and then no longer owned; null: it stays with the writing
   *     node
   * @param decideWithin the time within which the current step must decide; null: unchanged
   * @param moveWithin the time within which the node that owns it must move it again: the step's
   *     time-out and the lease; then it is taken from that node. Null: {@link #MOVE_WITHIN};
   *     without meaning for a saga that is due later or parked
   */
  public record Timing(
      @Nullable Duration runIn, @Nullable Duration decideWithin, @Nullable Duration moveWithin) {
    /** Timing without any limits. */
    public static final Timing NONE = new Timing(null, null, null);
  }

  /**
   * Checks the values of the position.
   *
   * @throws IllegalArgumentException if the state has another direction than the position
   */
  public SagaPosition {
    if (state != SagaState.PARKED && compensating != (state == SagaState.COMPENSATING)) {
      throw new IllegalArgumentException(state + " with compensating = " + compensating);
    }
  }

  /**
   * A saga that begins: any node takes it up when it is due.
   *
   * @param step the first step's name
   * @param data the saga's own data, as JSON
   * @param runIn when it is due
   * @return the position, on its way forward
   */
  public static SagaPosition due(String step, String data, Duration runIn) {
    Timing timing = new Timing(runIn, null, null);
    return new SagaPosition(step, SagaState.RUNNING, false, Call.NONE, data, null, timing);
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
        state == SagaState.COMPENSATING,
        new Call(attempt, undecided, lastError),
        data,
        failure,
        new Timing(runIn, decideWithin, null));
  }

  /**
   * How often the current call was tried.
   *
   * @return 0 before the first attempt
   */
  public int attempt() {
    return call.attempt();
  }

  /**
   * Returns whether the current call may have been sent without an answer.
   *
   * @return true from the write before the call until its answer is written
   */
  public boolean undecided() {
    return call.undecided();
  }

  /**
   * The last error, for operators.
   *
   * @return the text, or null
   */
  public @Nullable String lastError() {
    return call.lastError();
  }

  /**
   * Returns the time until the saga is due again.
   *
   * @return the time from now; null: it stays with the writing node
   */
  public @Nullable Duration runIn() {
    return timing.runIn();
  }

  /**
   * Returns the time within which the current step must decide.
   *
   * @return the time from now; null: unchanged
   */
  public @Nullable Duration decideWithin() {
    return timing.decideWithin();
  }

  /**
   * The same, with a time within which the current step must decide.
   *
   * @param limit from now; null: none
   * @return the changed copy
   */
  public SagaPosition decidingWithin(@Nullable Duration limit) {
    return timed(new Timing(timing.runIn(), limit, timing.moveWithin()));
  }

  /**
   * The same, with a time within which its owner must move it again.
   *
   * @param limit from now
   * @return the changed copy
   */
  public SagaPosition movingWithin(Duration limit) {
    return timed(new Timing(timing.runIn(), timing.decideWithin(), limit));
  }

  private SagaPosition timed(Timing changed) {
    return new SagaPosition(step, state, compensating, call, data, failure, changed);
  }

  /**
   * Returns the position as the journal keeps it, without times relative to now.
   *
   * @return the position without its timing
   */
  public SagaPosition stored() {
    return timed(Timing.NONE);
  }

  /**
   * The same, with other data: for what must not be shown.
   *
   * @param json the other data
   * @return the changed copy
   */
  public SagaPosition withData(String json) {
    return new SagaPosition(step, state, compensating, call, json, failure, timing);
  }

  /**
   * The same, waiting for an operator.
   *
   * @param error why
   * @return the position, with the direction of this one
   */
  public SagaPosition parked(String error) {
    Call parked = new Call(call.attempt(), call.undecided(), error);
    return new SagaPosition(
        step, SagaState.PARKED, compensating, parked, data, failure, Timing.NONE);
  }

  /**
   * Returns whether the node that writes it keeps it.
   *
   * @return true if it is neither due later nor parked
   */
  public boolean owned() {
    return timing.runIn() == null && state != SagaState.PARKED;
  }

  /**
   * Returns the time within which the owner must move the saga again.
   *
   * @return null if it is not {@link #owned}
   */
  public @Nullable Duration mustMoveWithin() {
    if (!owned()) {
      return null;
    }
    return timing.moveWithin() == null ? MOVE_WITHIN : timing.moveWithin();
  }
}
