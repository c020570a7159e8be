package com.techcorp.testkit;

import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A live saga's row in memory. */
record MemorySaga(
    UUID id,
    String definition,
    int version,
    SagaPosition position,
    long revision,
    int signals,
    int handled,
    @Nullable Fence owner,
    @Nullable Instant nextRunAt,
    @Nullable Instant moveBy,
    @Nullable Instant deadline,
    @Nullable String firstError,
    Instant createdAt,
    Instant updatedAt) {
  /** Those due first come first. */
  static final Comparator<MemorySaga> BY_NEXT_RUN =
      Comparator.comparing(
          MemorySaga::nextRunAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  /** Those stuck for longest come first. */
  static final Comparator<MemorySaga> BY_MOVE =
      Comparator.comparing(
          MemorySaga::moveBy, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  static MemorySaga created(SagaEffect.Create create, @Nullable Fence fence, Instant now) {
    SagaPosition position = create.position();
    Instant deadline = deadline(position.decideWithin(), now, null);
    boolean owned = position.owned();
    if (owned && fence == null) {
      throw new IllegalArgumentException(
          "saga " + create.id() + " would be owned by nobody: give a fence, or say when it runs");
    }
    return new MemorySaga(
        create.id(),
        create.definition(),
        create.version(),
        stored(position),
        1,
        0,
        0,
        owned ? fence : null,
        nextRun(position, now, deadline),
        moveBy(position, now),
        deadline,
        position.lastError(),
        now,
        now);
  }

  /** After a step of its owner's, who has heeded so many signals. */
  MemorySaga advanced(SagaPosition to, int heeded, Instant now) {
    Instant kept = to.step().equals(position.step()) ? deadline : null;
    Instant until = deadline(to.decideWithin(), now, kept);
    return new MemorySaga(
        id,
        definition,
        version,
        stored(to),
        revision + 1,
        signals,
        heeded,
        to.owned() ? owner : null,
        nextRun(to, now, until),
        moveBy(to, now),
        until,
        firstError == null ? to.lastError() : firstError,
        createdAt,
        now);
  }

  /** Taken by a node. From here on its call may be in flight, whatever it was before. */
  MemorySaga claimed(Fence by, Duration moveWithin, Instant now) {
    return new MemorySaga(
        id,
        definition,
        version,
        with(position.state(), true),
        revision + 1,
        signals,
        handled,
        by,
        null,
        now.plus(moveWithin),
        deadline,
        firstError,
        createdAt,
        now);
  }

  /** Its owner is gone. */
  MemorySaga freed(Instant now) {
    return new MemorySaga(
        id,
        definition,
        version,
        position,
        revision + 1,
        signals,
        handled,
        null,
        now,
        null,
        deadline,
        firstError,
        createdAt,
        now);
  }

  /** Its owner has more time. */
  MemorySaga extended(Instant until) {
    return new MemorySaga(
        id,
        definition,
        version,
        position,
        revision,
        signals,
        handled,
        owner,
        nextRunAt,
        moveBy == null || moveBy.isBefore(until) ? until : moveBy,
        deadline,
        firstError,
        createdAt,
        updatedAt);
  }

  /** The revision stays: an owner must see SIGNALLED, not STALE. */
  MemorySaga signalled(Instant now) {
    SagaState state = position.state();
    if (state == SagaState.PARKED) {
      state = position.compensating() ? SagaState.COMPENSATING : SagaState.RUNNING;
    }
    return new MemorySaga(
        id,
        definition,
        version,
        with(state, position.undecided()),
        revision,
        signals + 1,
        handled,
        owner,
        owner == null ? now : null,
        moveBy,
        deadline,
        firstError,
        createdAt,
        now);
  }

  boolean dueAt(Instant now) {
    return nextRunAt != null && !nextRunAt.isAfter(now);
  }

  boolean stuckAt(Instant now) {
    return moveBy != null && !moveBy.isAfter(now);
  }

  SagaInstance instance(Instant readAt) {
    return new SagaInstance(
        id,
        definition,
        version,
        position,
        revision,
        signals,
        handled,
        owner == null ? null : owner.node(),
        nextRunAt,
        moveBy,
        deadline,
        firstError,
        createdAt,
        readAt);
  }

  /** As a claim returns it: with what was known before the claim. */
  SagaInstance claimedFrom(MemorySaga before, Instant readAt) {
    SagaInstance now = instance(readAt);
    return new SagaInstance(
        id,
        definition,
        version,
        before.position,
        now.revision(),
        signals,
        handled,
        now.owner(),
        null,
        moveBy,
        deadline,
        firstError,
        createdAt,
        readAt);
  }

  private SagaPosition with(SagaState state, boolean undecided) {
    return new SagaPosition(
        position.step(),
        state,
        position.attempt(),
        undecided,
        null,
        null,
        null,
        position.data(),
        position.failure(),
        position.lastError(),
        position.compensating());
  }

  private static SagaPosition stored(SagaPosition position) {
    MemoryJson.requireText(position.data());
    return new SagaPosition(
        position.step(),
        position.state(),
        position.attempt(),
        position.undecided(),
        null,
        null,
        null,
        position.data(),
        position.failure(),
        position.lastError(),
        position.compensating());
  }

  private static @Nullable Instant moveBy(SagaPosition position, Instant now) {
    Duration within = position.mustMoveWithin();
    return within == null ? null : now.plus(within);
  }

  private static @Nullable Instant deadline(
      @Nullable Duration within, Instant now, @Nullable Instant kept) {
    return within == null ? kept : now.plus(within);
  }

  private static @Nullable Instant nextRun(
      SagaPosition position, Instant now, @Nullable Instant deadline) {
    Duration in = position.runIn();
    if (in == null || position.state() == SagaState.PARKED) {
      return null;
    }
    Instant next = now.plus(in);
    return deadline != null && deadline.isBefore(next) ? deadline : next;
  }
}
