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
   * What the journal counts of a saga.
   *
   * @param revision changes with every write
   * @param signals how many signals it was ever sent
   * @param handled how many of them its owners heeded; the others are heeded when it goes on
   */
  public record Counts(long revision, int signals, int handled) {}

  /**
   * Who drives a saga, and by when it moves.
   *
   * @param owner the node that drives it, or null
   * @param nextRunAt when it is due, or null if owned or parked
   * @param moveBy when its owner must have moved it; past that it is taken from there. Null if
   *     nobody owns it
   * @param deadline until when its current step must decide, or null
   */
  public record Schedule(
      @Nullable Integer owner,
      @Nullable Instant nextRunAt,
      @Nullable Instant moveBy,
      @Nullable Instant deadline) {}

  /**
   * Which write of the saga this is.
   *
   * @return a number that changes with every write
   */
  public long revision() {
    return counts.revision();
  }

  /**
   * How many signals it was ever sent.
   *
   * @return heeded or not
   */
  public int signals() {
    return counts.signals();
  }

  /**
   * How many signals its owners heeded.
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
   * When it is due.
   *
   * @return null if it is owned or parked
   */
  public @Nullable Instant nextRunAt() {
    return schedule.nextRunAt();
  }

  /**
   * When its owner must have moved it.
   *
   * @return null if nobody owns it
   */
  public @Nullable Instant moveBy() {
    return schedule.moveBy();
  }

  /**
   * Until when its current step must decide.
   *
   * @return null if it has no limit
   */
  public @Nullable Instant deadline() {
    return schedule.deadline();
  }

  /**
   * Whether the current step's time to decide is over.
   *
   * @return true from the deadline on
   */
  public boolean deadlinePassed() {
    Instant deadline = schedule.deadline();
    return deadline != null && !readAt.isBefore(deadline);
  }

  /**
   * Whether its owner did not move it in time.
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
