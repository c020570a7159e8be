package com.techcorp.saga;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live saga as the journal holds it.
 *
 * @param id its id
 * @param definition its definition's name
 * @param version its definition's version
 * @param position where it stands, without timing
 * @param counts what the journal counts of it
 * @param schedule who drives it, and by when it moves
 * @param firstError the first error that it ever had, for operators, or null; the last one stands
 *     in its position
 * @param createdAt when it began
 * @param readAt the storage's time of this reading
 */
public record SagaInstance(
    UUID id,
    String definition,
    int version,
    SagaPosition position,
    Counts counts,
    Schedule schedule,
    @Nullable String firstError,
    Instant createdAt,
    Instant readAt) {
  /**
   * The counters of a saga in the journal.
   *
   * @param revision changes with every write
   * @param signals how many signals it was ever sent
   * @param handled how many of them its owners have acted on; the rest take effect when it
   *     continues
   */
  public record Counts(long revision, int signals, int handled) {}

  /**
   * The owner and the deadlines of a saga.
   *
   * @param owner the node that drives it, or null
   * @param nextRunAt when it is due, or null if owned or parked
   * @param moveBy when its owner must have moved it; past that it is taken from there. Null if no
   *     node owns it
   * @param deadline until when its current step must decide, or null
   */
  public record Schedule(
      @Nullable Integer owner,
      @Nullable Instant nextRunAt,
      @Nullable Instant moveBy,
      @Nullable Instant deadline) {}

  /**
   * Returns the saga's revision.
   *
   * @return a number that changes with every write
   */
  public long revision() {
    return counts.revision();
  }

  /**
   * Returns how many signals it was ever sent.
   *
   * @return acted on or not
   */
  public int signals() {
    return counts.signals();
  }

  /**
   * Returns how many signals its owners have acted on.
   *
   * @return at most {@link #signals()}
   */
  public int handled() {
    return counts.handled();
  }

  /**
   * The node that drives it.
   *
   * @return its number, or null
   */
  public @Nullable Integer owner() {
    return schedule.owner();
  }

  /**
   * Returns the time at which the saga is due.
   *
   * @return null if it is owned or parked
   */
  public @Nullable Instant nextRunAt() {
    return schedule.nextRunAt();
  }

  /**
   * Returns the time by which the owner must move the saga.
   *
   * @return null if no node owns it
   */
  public @Nullable Instant moveBy() {
    return schedule.moveBy();
  }

  /**
   * Returns the time by which the current step must decide.
   *
   * @return null if it has no limit
   */
  public @Nullable Instant deadline() {
    return schedule.deadline();
  }

  /**
   * Returns whether the current step's time to decide is over.
   *
   * @return true from the deadline on
   */
  public boolean deadlinePassed() {
    Instant deadline = schedule.deadline();
    return deadline != null && !readAt.isBefore(deadline);
  }

  /**
   * Returns whether the owner did not move the saga in time.
   *
   * @return true from {@link #moveBy} on
   */
  public boolean isStuck() {
    Instant moveBy = schedule.moveBy();
    return moveBy != null && !readAt.isBefore(moveBy);
  }

  /**
   * The same saga, elsewhere.
   *
   * @param position where it stands
   * @return the copy
   */
  public SagaInstance withPosition(SagaPosition position) {
    return new SagaInstance(
        id, definition, version, position, counts, schedule, firstError, createdAt, readAt);
  }
}
