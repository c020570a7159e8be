package com.techcorp.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers that each call again as soon as the call before has returned, on a thread of their own.
 * They run from the warm-up to the end without a pause; what counts is what returns inside the
 * window.
 */
public final class CallLoop {
  private static final int LONGER = 2;
  private static final long LOOK_NANOS = 50_000_000;

  private final List<Caller> callers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean measuring;
  private volatile boolean returned;
  private volatile boolean stopped;

  /**
   * A loop that has not begun, and runs once.
   *
   * @param calls one for each caller, who alone runs it
   */
  public CallLoop(List<Call> calls) {
    for (Call call : calls) {
      callers.add(new Caller(call, "bench-caller-" + callers.size()));
    }
  }

  /** What a caller does again and again. */
  @FunctionalInterface
  public interface Call {
    /** Does it once; an exception ends the loop, and the figures are worth nothing. */
    void run() throws Exception;
  }

  private final class Caller {
    private final Call call;
    private final Thread thread;
    private long counted;

    Caller(Call call, String name) {
      this.call = call;
      this.thread = new Thread(this::run, name);
      thread.setDaemon(true);
    }

    private void run() {
      try {
        while (!stopped) {
          call.run();
          if (measuring) {
            counted++;
            if (!returned) { // to write it each time would cost more than a quick call
              returned = true;
            }
          }
        }
      } catch (Exception | LinkageError | AssertionError e) {
        failure.compareAndSet(null, e);
        stopped = true;
      }
    }
  }

  /**
   * Runs the loop.
   *
   * @param times the window opens once the JVM is at rest, for which the warm-up may take three
   *     times as long, and stays open until a call has returned
   * @return calls a second, of all callers together
   */
  public double perSecond(SliceTimes times) throws InterruptedException {
    callers.forEach(caller -> caller.thread.start());
    sleep(times.warmUp().toNanos());
    JitCompiler.awaitRest(times.warmUp().multipliedBy(LONGER), () -> stopped);
    long opened = System.nanoTime();
    measuring = true;
    sleep(times.measured().toNanos());
    while (!returned && !stopped) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    measuring = false;
    long nanos = System.nanoTime() - opened;
    stopped = true;
    return joined() * 1e9 / nanos;
  }

  private long joined() throws InterruptedException {
    long counted = 0;
    for (Caller caller : callers) {
      caller.thread.join();
      counted += caller.counted;
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a call failed: " + failed, failed);
    }
    return counted;
  }

  /** Ends early when a call failed. */
  private void sleep(long time) {
    long until = System.nanoTime() + time;
    long left = time;
    while (left > 0 && !stopped) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      left = until - System.nanoTime();
    }
  }
}
