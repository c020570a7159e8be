package com.techcorp.bench.measure;

import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders that are placed at a steady rate, however long those before take. Each of some threads has
 * its turns; one that is late for a turn places the order at once.
 */
public final class OpenLoop {
  /** So many that one may commit on its own thread while others have their turns. */
  static final int THREADS = 16;

  private static final long LOOK_NANOS = 50_000_000;

  private final Function<Draft, CompletableFuture<Void>> shop;
  private final Workload workload;
  private final double perSecond;
  private final LongAdder placed = new LongAdder();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder inWindow = new LongAdder();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean measuring;
  private volatile boolean stopped;

  /**
   * A loop that has not begun, and runs once.
   *
   * @param shop takes an order from the request to CONFIRMED
   * @param perSecond orders
   */
  public OpenLoop(
      Function<Draft, CompletableFuture<Void>> shop, Workload workload, double perSecond) {
    this.shop = shop;
    this.workload = workload;
    this.perSecond = perSecond;
  }

  /**
   * What came of it.
   *
   * @param confirmed orders confirmed inside the window
   * @param all orders confirmed, also in the warm-up and after the window
   * @param nanos length of the window
   */
  public record Result(long confirmed, long all, long nanos) {
    public double perSecond() {
      return confirmed * 1e9 / nanos;
    }
  }

  /** For so long; returns when all orders are confirmed. */
  public Result run(Duration warmUp, Duration measured, ClosedLoop.Window window)
      throws InterruptedException {
    List<Thread> threads = threads();
    threads.forEach(Thread::start);
    sleep(warmUp);
    window.opened();
    long opened = System.nanoTime();
    measuring = true;
    sleep(measured);
    measuring = false;
    long nanos = System.nanoTime() - opened;
    window.closed();
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    while (confirmed.sum() < placed.sum() && failure.get() == null) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("an order failed: " + failed, failed);
    }
    return new Result(inWindow.sum(), confirmed.sum(), nanos);
  }

  private List<Thread> threads() {
    List<Thread> threads = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom();
    long began = System.nanoTime();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = seeds.split();
      int first = i;
      Thread thread = new Thread(() -> place(random, began, first), "bench-open-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    return threads;
  }

  private void place(SplittableRandom random, long began, int first) {
    for (long turn = first; !stopped; turn += THREADS) {
      long due = began + (long) (turn * 1e9 / perSecond);
      long left = due - System.nanoTime();
      while (left > 0 && !stopped) {
        LockSupport.parkNanos(left);
        left = due - System.nanoTime();
      }
      if (!stopped) {
        place(workload.next(random));
      }
    }
  }

  private void place(Draft draft) {
    placed.increment();
    try {
      shop.apply(draft).whenComplete((nothing, failed) -> answered(failed));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      answered(e);
    }
  }

  private void answered(@Nullable Throwable failed) {
    if (failed != null) {
      failure.compareAndSet(null, failed);
      stopped = true;
      return;
    }
    if (measuring) {
      inWindow.increment();
    }
    confirmed.increment();
  }

  /** Ends early when an order failed. */
  private void sleep(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      left = until - System.nanoTime();
    }
  }
}
