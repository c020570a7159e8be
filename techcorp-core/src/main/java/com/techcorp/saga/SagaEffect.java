package com.techcorp.saga;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the engine writes of a saga itself. Each change is a compare-and-set on owner and revision.
 */
public sealed interface SagaEffect extends Effect {
  /**
   * The refusal code of a saga that is no longer as this process knows it (or no longer its own).
   */
  String STALE = "STALE";

  /** The refusal code of a saga that was sent a signal which its owner has not read yet. */
  String SIGNALLED = "SIGNALLED";

  /** Within which an owned saga must move, if its position does not say: one minute. */
  Duration MOVE_WITHIN = Duration.ofMinutes(1);

  /**
   * Where a saga stands, as the journal keeps it.
   *
   * @param step the current step's name
   * @param state where it goes
   * @param attempt how often the current call was tried
   * @param undecided whether the current call may have been sent without an answer
   * @param runIn when it is due again and then no longer owned; null: it stays with the writing
   *     node
   * @param decideWithin the time from now within which the current step must decide; null:
   *     unchanged
   * @param moveWithin the time from now within which the node that owns it must move it again: the
   *     step's time-out and the lease; then it is taken from that node. Null: {@link #MOVE_WITHIN};
   *     without meaning for a saga that is due later or parked
   * @param data the saga's own data, as JSON
   * @param failure why it goes back (or, while RUNNING, the recorded wish to stop), or null
   * @param lastError the last error for operators, or null
   * @param compensating whether it goes back. A PARKED saga keeps the direction it had, because
   *     that is how it goes on: a recorded wish to stop does not say what became of a call that may
   *     have been sent
   */
  record Position(
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
    /**
     * A position.
     *
     * @throws IllegalArgumentException if the state has another direction than the position
     */
    public Position {
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
    public Position(
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
    public Position parked(String error) {
      return new Position(
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

  /**
   * A new saga.
   *
   * @param id its id
   * @param definition the definition's name
   * @param version the definition's version
   * @param archived whether it will leave an {@link Archive} when it ends, and must not begin if
   *     there is one; false if the definition keeps a history of its own, which then is to refuse a
   *     second beginning
   * @param position where it stands
   */
  record Create(UUID id, String definition, int version, boolean archived, Position position)
      implements SagaEffect {}

  /**
   * A live saga moves.
   *
   * @param id its id
   * @param revision the revision this process last saw
   * @param signals how many signals this process knows of; refused as {@link #SIGNALLED} if there
   *     are more
   * @param handled how many of them the saga has heeded; the others are heeded when it goes on
   * @param position where it stands now
   */
  record Advance(UUID id, long revision, int signals, int handled, Position position)
      implements SagaEffect {
    /**
     * A saga moves that has heeded every signal this process knows of.
     *
     * @param id its id
     * @param revision the revision this process last saw
     * @param signals how many signals were heeded
     * @param position where it stands now
     */
    public Advance(UUID id, long revision, int signals, Position position) {
      this(id, revision, signals, signals, position);
    }
  }

  /**
   * A saga ends and leaves the journal.
   *
   * @param id its id
   * @param revision the revision this process last saw
   * @param signals as for {@link Advance}
   */
  record Finish(UUID id, long revision, int signals) implements SagaEffect {}

  /**
   * A line in the history of finished sagas.
   *
   * @param id the saga
   * @param definition its definition's name
   * @param version its definition's version
   * @param failure why it was compensated; null: it completed
   */
  record Archive(UUID id, String definition, int version, @Nullable Failure failure)
      implements SagaEffect {}
}
