package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the host's threads wait, and what is done for them later. A caller waits no longer than
 * it was promised; what it asked for may still be done. Thread-safe.
 */
final class CallerWaits {
  private final Duration limit;
  private final RemoteCalls calls;
  private final ScheduledExecutorService timer;
  private final Threads threads;
  private final Set<Runnable> delayed = ConcurrentHashMap.newKeySet();
  private final LongAdder timedOut = new LongAdder();
  private volatile boolean closing;

  /**
   * @param limit how long a caller waits
   * @param calls has threads for what callers do when their time is over
   */
  CallerWaits(Duration limit, RemoteCalls calls, ScheduledExecutorService timer, Threads threads) {
    this.limit = limit;
    this.calls = calls;
    this.timer = timer;
    this.threads = threads;
  }

  /**
   * Waits for a result.
   *
   * @throws UnavailableException if it does not come in time
   */
  <T> T join(CompletableFuture<T> future) {
    if (!done(future)) {
      throw late();
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TechCorpException typed) {
        throw typed;
      }
      throw e;
    }
  }

  /** An interruption of the host's does not shorten the wait. */
  private boolean done(CompletableFuture<?> future) {
    long end = threads.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        if (threads.await(future, Duration.ofNanos(end - threads.nanoTime()))) {
          return true;
        }
        if (!Thread.currentThread().isInterrupted()) {
          return false;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Fails a future that is not done in time. */
  void limit(CompletableFuture<?> future) {
    later(
        limit,
        () -> {
          if (!future.isDone()) {
            calls.callback(() -> future.completeExceptionally(late()));
          }
        });
  }

  private UnavailableException late() {
    timedOut.increment();
    return new UnavailableException(
        "not done within " + limit + ", and perhaps done later: repeat it with the same key");
  }

  /** Runs it after a while, or when the engine ends, whichever comes first. */
  void later(Duration wait, Runnable action) {
    delayed.add(action);
    timer.schedule(() -> runDelayed(action), wait.toMillis(), TimeUnit.MILLISECONDS);
    if (closing) {
      runDelayed(action); // the timer may have ended
    }
  }

  private void runDelayed(Runnable action) {
    if (delayed.remove(action)) {
      action.run();
    }
  }

  void pause(Duration wait) {
    threads.await(new CompletableFuture<>(), wait);
  }

  /** How often a caller's time was over. */
  long timedOut() {
    return timedOut.sum();
  }

  /** Closes; nothing relies on the timer from now on. */
  void closes() {
    closing = true;
  }

  /** Runs what was to be done later. The timer must have been shut down. */
  void runAll() {
    delayed.forEach(this::runDelayed);
  }
}
