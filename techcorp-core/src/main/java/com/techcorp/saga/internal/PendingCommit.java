package com.techcorp.saga.internal;

import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.WriteSet;
import java.util.concurrent.CompletableFuture;

/**
 * A write set that waits for its result.
 *
 * @param refused whether it only notes down a saga that was refused at its beginning
 */
record PendingCommit(WriteSet writeSet, boolean refused, CompletableFuture<Settled> settled) {
  /** A result and the lease under which it was given. */
  record Settled(CommitResult result, Fence fence) {}

  static PendingCommit of(WriteSet writeSet) {
    return new PendingCommit(writeSet, false, new CompletableFuture<>());
  }

  /**
   * Returns whether only the lease under which it was decided can write it: it moves a saga that
   * this process owned by then. What begins, or asks for something, goes under any lease.
   */
  boolean ofOneLease() {
    return writeSet.effects().stream()
        .anyMatch(e -> e instanceof SagaEffect.Advance || e instanceof SagaEffect.Finish);
  }
}
