package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.Signal;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Drives sagas: commits what is decided, then calls, waits or finishes. Each saga has a {@link
 * SagaExecution}. Thread-safe.
 *
 * @param parts what all executions use
 * @param calls makes the calls of their steps
 */
record SagaRunner(EngineParts parts, StepCalls calls) {
  /**
   * Begins a saga, on the calling thread until it waits for something.
   *
   * @param onLeave runs once, when this process holds the saga no longer
   * @return null once the beginning is durable; a failure if the saga was refused as a whole
   */
  <D> CompletableFuture<@Nullable Failure> start(LiveSaga<D> saga, Runnable onLeave) {
    SagaExecution<D> execution = new SagaExecution<>(parts, calls, saga.id(), onLeave, null);
    execution.start(saga);
    return execution.begun();
  }

  /**
   * Continues a saga that this process claimed.
   *
   * @param unread the signals that it has not acted on
   * @param fence the lease under which it was claimed
   * @param claimedAt when the claim was sent, as {@code Threads.nanoTime} counts
   * @param onLeave runs once, when this process holds the saga no longer
   */
  <D> void resume(
      LiveSaga<D> saga, List<Signal> unread, Fence fence, long claimedAt, Runnable onLeave) {
    new SagaExecution<D>(parts, calls, saga.id(), onLeave, fence).resume(saga, unread, claimedAt);
  }
}
