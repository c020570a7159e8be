package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Runs what follows calls on threads that no call can hold. Thread-safe. */
final class FollowUps implements AutoCloseable {
  private static final int THREADS = 4;

  /** Threads for hosts' callbacks after a refused start; nothing of the engine waits for these. */
  private static final int CALLBACK_THREADS = 64;

  private final FaultBoundary faults;
  private final ExecutorService followUps;
  private final ExecutorService callbacks;

  FollowUps(Threads threads, FaultBoundary faults) {
    this.faults = faults;
    this.followUps = threads.pool("techcorp-follow-up", THREADS);
    this.callbacks = threads.pool("techcorp-callback", CALLBACK_THREADS);
  }

  /** Runs what follows a call that was not sent, or not answered in time. */
  void followUp(Runnable task) {
    runOn(followUps, task);
  }

  /** Runs what belongs to a host on a thread that may block; on this one if there is none. */
  void callback(Runnable task) {
    runOn(callbacks, task);
  }

  private void runOn(Executor pool, Runnable task) {
    Runnable guarded = () -> faults.run(task);
    try {
      pool.execute(guarded);
    } catch (RejectedExecutionException e) {
      guarded.run();
    }
  }

  @Override
  public void close() {
    followUps.shutdown();
    callbacks.shutdown();
  }
}
