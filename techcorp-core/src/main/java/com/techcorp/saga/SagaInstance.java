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
 * @param position where it stands ({@code runIn}, {@code decideWithin} and {@code moveWithin} are
 *     null here)
 * @param revision changes with every write
 * @param signals how many signals it was ever sent
 * @param handled how many of them its owners heeded; the others are heeded when it goes on
 * @param owner the node that drives it, or null
 * @param nextRunAt when it is due, or null if owned or parked
 * @param moveBy when its owner must have moved it; past that it is taken from there. Null if nobody
 *     owns it
 * @param deadline until when its current step must decide, or null
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
    long revision,
    int signals,
    int handled,
    @Nullable Integer owner,
    @Nullable Instant nextRunAt,
    @Nullable Instant moveBy,
    @Nullable Instant deadline,
    @Nullable String firstError,
    Instant createdAt,
    Instant readAt) {
  /**
   * Whether the current step's time to decide is over.
   *
   * @return true from the deadline on
   */
  public boolean deadlinePassed() {
    return deadline != null && !readAt.isBefore(deadline);
  }

  /**
   * The same saga, elsewhere.
   *
   * @param position where it stands
   * @return the copy
   */
  public SagaInstance withPosition(SagaPosition position) {
    return new SagaInstance(
        id,
        definition,
        version,
        position,
        revision,
        signals,
        handled,
        owner,
        nextRunAt,
        moveBy,
        deadline,
        firstError,
        createdAt,
        readAt);
  }

  /**
   * Whether its owner did not move it in time.
   *
   * @return true from {@link #moveBy} on
   */
  public boolean isStuck() {
    return moveBy != null && !readAt.isBefore(moveBy);
  }
}
