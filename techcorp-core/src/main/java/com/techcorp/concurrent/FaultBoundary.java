package com.techcorp.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge between the library and whatever may be thrown at it: the one place that says what
 * happens to a {@link Throwable} besides failing the work it came out of.
 *
 * <p>The rule: no Throwable leaves a thread of the library. An edge that calls host code catches
 * {@code Throwable}, fails the work at hand (parks its saga, fails its delivery), and calls {@link
 * #caught}. Every other task runs inside {@link #around}, which is the last resort: it logs what a
 * task lets out, and a task that repeats is run again.
 *
 * <p>{@link OutOfMemoryError} and {@link InternalError} are <em>fatal</em>: the process may have
 * lost work anywhere, so its node must not go on as if nothing had happened. A {@link
 * StackOverflowError} is an ordinary failure of the code that recursed. Thread-safe.
 */
public final class FaultBoundary {
  private static final Logger log = LoggerFactory.getLogger(FaultBoundary.class);
  private static final int MAX_CAUSES = 50;

  private final AtomicLong escaped = new AtomicLong();
  private final AtomicLong fatal = new AtomicLong();
  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
  private volatile Consumer<Throwable> onFatal = fault -> {};

  /** Creates a boundary without a listener for fatal errors. */
  public FaultBoundary() {}

  /**
   * Sets the listener for fatal errors. What it throws is logged.
   *
   * @param listener runs on the thread that caught the error; must not block
   */
  public void onFatal(Consumer<Throwable> listener) {
    onFatal = listener;
  }

  /**
   * Returns whether the process may have lost work anywhere.
   *
   * @param fault what was thrown
   * @return true if it or one of its causes is an {@link OutOfMemoryError} or an {@link
   *     InternalError}
   */
  public static boolean isFatal(Throwable fault) {
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof OutOfMemoryError || cause instanceof InternalError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Handles what an edge has caught, once the work at hand is failed: keeps an interruption, and
   * reports a fatal error to the node. Never throws.
   *
   * @param fault what was thrown
   */
  public void caught(Throwable fault) {
    if (fault instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (isFatal(fault)) {
      fatal.incrementAndGet();
      try {
        onFatal.accept(fault);
      } catch (Throwable e) {
        log.error("A fatal error could not be passed on to the node", e);
      }
    }
  }

  /**
   * Runs a task and lets nothing out of it.
   *
   * @param task what to run
   */
  public void run(Runnable task) {
    int outer = depth.get();
    depth.set(outer + 1);
    try {
      task.run();
    } catch (Throwable e) {
      escaped.incrementAndGet();
      try {
        log.error("A task failed unexpectedly; its thread goes on", e);
      } finally {
        caught(e);
      }
    } finally {
      if (outer == 0) {
        depth.remove();
      } else {
        depth.set(outer);
      }
    }
  }

  /**
   * Returns whether the calling thread works for the library; host code that it runs may call back
   * in, and waiting for all such work would then wait for itself.
   *
   * @return true within a task of this boundary
   */
  public boolean isInside() {
    return depth.get() > 0;
  }

  /**
   * Threads whose tasks let nothing out: a task that repeats is run again whatever it threw.
   *
   * @param threads where the tasks run
   * @return threads that run every task inside this boundary
   */
  public Threads around(Threads threads) {
    return new GuardedThreads(threads, this::run);
  }

  /**
   * Returns how many tasks let a Throwable out, which no edge had expected.
   *
   * @return a count that only grows
   */
  public long escaped() {
    return escaped.get();
  }

  /**
   * Returns how many fatal errors were caught.
   *
   * @return a count that only grows
   */
  public long fatal() {
    return fatal.get();
  }
}
