package com.techcorp.testkit;

import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaInstance.Counts;
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
    Counts counts,
    Custody custody,
    @Nullable String firstError,
    Instant createdAt,
    Instant updatedAt) {
  /** Orders sagas by their due time. */
  static final Comparator<MemorySaga> BY_NEXT_RUN =
      Comparator.comparing(
          MemorySaga::nextRunAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  /** Orders sagas by how long they are stuck. */
  static final Comparator<MemorySaga> BY_MOVE =
      Comparator.comparing(
          MemorySaga::moveBy, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  /** The owner and deadlines of a saga, as {@link SagaInstance.Schedule}. */
  record Custody(
      @Nullable Fence owner,
      @Nullable Instant nextRunAt,
      @Nullable Instant moveBy,
      @Nullable Instant deadline) {
    /** Returns the custody after a write of the owner. */
    private static Custody after(
        SagaPosition to, @Nullable Fence writer, @Nullable Instant deadline, Instant now) {
      Duration within = to.mustMoveWithin();
      return new Custody(
          to.owned() ? writer : null,
          nextRun(to, now, deadline),
          within == null ? null : now.plus(within),
          deadline);
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

    private SagaInstance.Schedule schedule() {
      return new SagaInstance.Schedule(
          owner == null ? null : owner.node(), nextRunAt, moveBy, deadline);
    }
  }

  static MemorySaga created(SagaEffect.Create create, @Nullable Fence fence, Instant now) {
    SagaPosition position = create.position();
    if (position.owned() && fence == null) {
      throw new IllegalArgumentException(
          "saga " + create.id() + " would be owned by nobody: give a fence, or say when it runs");
    }
    return new MemorySaga(
        create.id(),
        create.definition(),
        create.version(),
        stored(position),
        new Counts(1, 0, 0),
        Custody.after(position, fence, deadline(position.decideWithin(), now, null), now),
        position.lastError(),
        now,
        now);
  }

  /** Returns the saga after a step of its owner, who has acted on {@code heeded} signals. */
  MemorySaga advanced(SagaPosition to, int heeded, Instant now) {
    Instant kept = to.step().equals(position.step()) ? custody.deadline() : null;
    return new MemorySaga(
        id,
        definition,
        version,
        stored(to),
        new Counts(revision() + 1, signals(), heeded),
        Custody.after(to, owner(), deadline(to.decideWithin(), now, kept), now),
        firstError == null ? to.lastError() : firstError,
        createdAt,
        now);
  }

  /** Taken by a node. From here on its call may be in flight, whatever it was before. */
  MemorySaga claimed(Fence by, Duration moveWithin, Instant now) {
    return moved(
        with(position.state(), true),
        counts.revision() + 1,
        new Custody(by, null, now.plus(moveWithin), custody.deadline()),
        now);
  }

  /** Its owner is gone. */
  MemorySaga freed(Instant now) {
    return moved(
        position, counts.revision() + 1, new Custody(null, now, null, custody.deadline()), now);
  }

  /** Its owner has more time. */
  MemorySaga extended(Instant until) {
    Instant moveBy = custody.moveBy();
    Custody more =
        new Custody(
            custody.owner(),
            custody.nextRunAt(),
            moveBy == null || moveBy.isBefore(until) ? until : moveBy,
            custody.deadline());
    return moved(position, counts.revision(), more, updatedAt);
  }

  /** The revision stays: an owner must see SIGNALLED, not STALE. */
  MemorySaga signalled(Instant now) {
    SagaState state = position.state();
    if (state == SagaState.PARKED) {
      state = position.compensating() ? SagaState.COMPENSATING : SagaState.RUNNING;
    }
    Custody due =
        new Custody(
            custody.owner(),
            custody.owner() == null ? now : null,
            custody.moveBy(),
            custody.deadline());
    return new MemorySaga(
        id,
        definition,
        version,
        with(state, position.undecided()),
        new Counts(counts.revision(), counts.signals() + 1, counts.handled()),
        due,
        firstError,
        createdAt,
        now);
  }

  private MemorySaga moved(SagaPosition to, long revision, Custody by, Instant at) {
    Counts counted = new Counts(revision, counts.signals(), counts.handled());
    return new MemorySaga(id, definition, version, to, counted, by, firstError, createdAt, at);
  }

  long revision() {
    return counts.revision();
  }

  int signals() {
    return counts.signals();
  }

  @Nullable Fence owner() {
    return custody.owner();
  }

  @Nullable Instant nextRunAt() {
    return custody.nextRunAt();
  }

  @Nullable Instant moveBy() {
    return custody.moveBy();
  }

  boolean dueAt(Instant now) {
    Instant nextRunAt = custody.nextRunAt();
    return nextRunAt != null && !nextRunAt.isAfter(now);
  }

  boolean stuckAt(Instant now) {
    Instant moveBy = custody.moveBy();
    return moveBy != null && !moveBy.isAfter(now);
  }

  SagaInstance instance(Instant readAt) {
    return new SagaInstance(
        id,
        definition,
        version,
        position,
        counts,
        custody.schedule(),
        firstError,
        createdAt,
        readAt);
  }

  /** Returns the saga as a claim returns it: with what was known before the claim. */
  SagaInstance claimedFrom(MemorySaga before, Instant readAt) {
    return instance(readAt).withPosition(before.position);
  }

  private SagaPosition with(SagaState state, boolean undecided) {
    SagaPosition.Call call =
        new SagaPosition.Call(position.attempt(), undecided, position.lastError());
    return new SagaPosition(
        position.step(),
        state,
        position.compensating(),
        call,
        position.data(),
        position.failure(),
        SagaPosition.Timing.NONE);
  }

  private static SagaPosition stored(SagaPosition position) {
    MemoryJson.requireText(position.data());
    return position.stored();
  }

  private static @Nullable Instant deadline(
      @Nullable Duration within, Instant now, @Nullable Instant kept) {
    return within == null ? kept : now.plus(within);
  }
}
