package com.techcorp.saga.internal;

import com.techcorp.saga.internal.ExecutionState.Answer;
import com.techcorp.saga.internal.ExecutionState.Calling;
import com.techcorp.saga.internal.ExecutionState.Committing;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.ExecutionState.Left;
import com.techcorp.storage.Fence;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds the {@link ExecutionState} of one saga. One thread at a time drives the saga, and any
 * thread may end that by {@link #leave}: from then on every other change is refused. A change from
 * a state that does not have it is a fault of the engine and throws. Thread-safe.
 */
final class ExecutionCell<D> {
  private final UUID saga;
  private final AtomicReference<ExecutionState<D>> state;

  ExecutionCell(UUID saga, ExecutionState<D> first) {
    this.saga = saga;
    this.state = new AtomicReference<>(first);
  }

  private ExecutionState<D> now() {
    return Objects.requireNonNull(state.get());
  }

  @Nullable Fence fence() {
    return now().fence();
  }

  @Nullable Answer<D> unwritten() {
    return now().unwritten();
  }

  boolean hasLeft() {
    return now() instanceof Left;
  }

  /** Null if the saga has left. */
  @Nullable Deciding<D> deciding() {
    ExecutionState<D> now = now();
    if (now instanceof Deciding<D> deciding) {
      return deciding;
    }
    mustHaveLeft(now, "decides");
    return null;
  }

  /** Null if the saga has left. */
  @Nullable Committing<D> committing() {
    ExecutionState<D> now = now();
    if (now instanceof Committing<D> committing) {
      return committing;
    }
    mustHaveLeft(now, "has a commit");
    return null;
  }

  /** Null if the saga has left. */
  @Nullable Calling<D> calling() {
    ExecutionState<D> now = now();
    if (now instanceof Calling<D> calling) {
      return calling;
    }
    mustHaveLeft(now, "has a call");
    return null;
  }

  /** Moves to the next state, unless the execution has ended meanwhile. */
  boolean move(ExecutionState<D> from, ExecutionState<D> to) {
    if (state.compareAndSet(from, to)) {
      return true;
    }
    mustHaveLeft(now(), "is driven twice");
    return false;
  }

  private void mustHaveLeft(ExecutionState<D> now, String event) {
    if (!(now instanceof Left)) {
      // Not the state's own text, which shows the saga's data.
      throw new IllegalStateException(
          "saga " + saga + " " + event + " while it is " + now.getClass().getSimpleName());
    }
  }

  /**
   * Ends the execution and returns its last state.
   *
   * @return the state that it leaves, with an answer to report; null if it had left before
   */
  @Nullable ExecutionState<D> leave() {
    ExecutionState<D> before = Objects.requireNonNull(state.getAndUpdate(Left::after));
    return before instanceof Left ? null : before;
  }
}
