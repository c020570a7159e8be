package com.techcorp.testkit;

import java.time.Instant;

/** The transaction of a {@link MemoryStorage} in which a {@link MemoryHandler} writes. */
public interface MemoryTransaction {
  /**
   * Returns the storage's time; the same throughout one transaction.
   *
   * @return the instant, in microseconds
   */
  Instant now();

  /**
   * Says how to take back what the handler is about to change. It is called, under the storage's
   * lock and last first, when a later effect of the same work is refused or the batch fails.
   *
   * @param undo takes the change back; must not throw
   */
  void onRollback(Runnable undo);
}
