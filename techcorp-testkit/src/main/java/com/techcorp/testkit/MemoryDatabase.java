package com.techcorp.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one lock, the clock and the undo log that all tables of a memory storage share. */
final class MemoryDatabase implements MemoryTransaction {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private Instant now = Instant.EPOCH;

  MemoryDatabase(InstantSource clock) {
    this.clock = clock;
  }

  /** Runs a transaction: all of it is kept, or nothing if it throws. */
  <T> T transaction(Supplier<T> action) {
    lock.lock();
    // A host's handler may read the storage from inside a transaction: that is part of it.
    boolean outermost = lock.getHoldCount() == 1;
    try {
      if (outermost) {
        // PostgreSQL keeps microseconds: what is equal there must be equal here.
        now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      }
      int begin = savepoint();
      try {
        return action.get();
      } catch (RuntimeException | Error e) {
        rollbackTo(begin);
        throw e;
      }
    } finally {
      if (outermost) {
        undo.clear();
      }
      lock.unlock();
    }
  }

  int savepoint() {
    return undo.size();
  }

  void rollbackTo(int savepoint) {
    while (undo.size() > savepoint) {
      undo.pop().run();
    }
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void onRollback(Runnable back) {
    undo.push(back);
  }
}
