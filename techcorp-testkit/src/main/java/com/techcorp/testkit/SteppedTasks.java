package com.techcorp.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one simulated process has still to run, in the order in which it is due, and the executors
 * that add to it. Nothing runs by itself: {@link #runNext} runs one task. Used by one thread at a
 * time.
 */
final class SteppedTasks {
  private final SteppedClock clock;
  private final Instant origin;
  private final @Nullable Carriers carriers;
  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private long now;
  private long submitted;
  private boolean stopped;

  /**
   * Has nothing to run yet.
   *
   * @param clock when tasks are due
   * @param carriers run tasks that can stand still; null if none can
   */
  SteppedTasks(SteppedClock clock, @Nullable Carriers carriers) {
    this.clock = clock;
    this.carriers = carriers;
    this.origin = clock.now();
  }

  long nanoTime() {
    now = Math.max(now, Duration.between(origin, clock.now()).toNanos()); // monotonic, whatever
    return now;
  }

  ScheduledExecutorService timer(String name, int threads) {
    return new Stepped(name, threads, true);
  }

  ExecutorService pool(String name, int threads) {
    return new Stepped(name, threads, false);
  }

  /** Forgets all tasks; none runs any more. */
  void stop() {
    stopped = true;
    tasks.clear();
  }

  boolean isStopped() {
    return stopped;
  }

  /** Returns the time until the next task is due, zero if it is; null if none waits. */
  @Nullable Duration untilNext() {
    Task<?> next = next();
    return next == null ? null : Duration.ofNanos(Math.max(0, next.at - nanoTime()));
  }

  private @Nullable Task<?> next() {
    Task<?> next = tasks.peek();
    while (next != null && next.isDone()) {
      tasks.remove(); // cancelled
      next = tasks.peek();
    }
    return next;
  }

  /** Runs the next task that is due, or lets one go on that stood still; false if there is none. */
  boolean runNext() {
    if (!stopped && carriers != null && carriers.resumeNext()) {
      return true;
    }
    Task<?> next = nextWithThread();
    if (stopped || next == null || next.at > nanoTime()) {
      return false;
    }
    tasks.remove(next);
    if (carriers == null) {
      next.run();
    } else {
      carriers.run(next.of, next);
    }
    return true;
  }

  /** The next one whose executor has a thread that does not stand still. */
  private @Nullable Task<?> nextWithThread() {
    Task<?> next = next();
    if (carriers == null || next == null || carriers.held(next.of) < next.of.threads) {
      return next;
    }
    return tasks.stream()
        .filter(task -> !task.isDone() && carriers.held(task.of) < task.of.threads)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** One executor; all share one queue. */
  private final class Stepped extends AbstractExecutorService implements ScheduledExecutorService {
    private final String name;
    private final int threads;
    private final boolean drops;
    private boolean shut;

    Stepped(String name, int threads, boolean dropsAfterShutdown) {
      this.name = name;
      this.threads = threads;
      this.drops = dropsAfterShutdown;
    }

    private <V> Task<V> submit(Callable<V> work, long delayNanos, long periodNanos) {
      Task<V> task = new Task<>(this, work, nanoTime() + delayNanos, periodNanos);
      if (shut && !drops) {
        throw new RejectedExecutionException(name + " was shut down");
      }
      if (!shut && !stopped) {
        tasks.add(task);
      }
      return task;
    }

    @Override
    public void execute(Runnable command) {
      submit(asCallable(command), 0, 0).loud = true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
      return submit(callable, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable command, long initialDelay, long period, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(initialDelay), unit.toNanos(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(initialDelay), unit.toNanos(delay));
    }

    @Override
    public void shutdown() {
      shut = true;
      if (drops) {
        tasks.removeIf(task -> task.of == this);
      }
    }

    @Override
    public List<Runnable> shutdownNow() {
      shut = true;
      List<Runnable> never = new ArrayList<>();
      tasks.removeIf(task -> task.of == this && never.add(task));
      return never;
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut
          && tasks.stream().noneMatch(task -> task.of == this)
          && (carriers == null || carriers.held(this) == 0);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      while (!isTerminated() && runNext()) {
        // the next one
      }
      return isTerminated();
    }
  }

  private static Callable<Void> asCallable(Runnable command) {
    return () -> {
      command.run();
      return null;
    };
  }

  /** Errors are not kept in an ignored future: they stop the run. */
  private final class Task<V> extends CompletableFuture<V> implements ScheduledFuture<V>, Runnable {
    private final Stepped of;
    private final Callable<V> work;
    private final long number = ++submitted;
    private final long period;
    private long at;
    private boolean loud;

    Task(Stepped of, Callable<V> work, long at, long period) {
      this.of = of;
      this.work = work;
      this.at = at;
      this.period = period;
    }

    @Override
    public void run() {
      try {
        V result = work.call();
        if (period == 0) {
          complete(result);
        } else if (!isDone() && !of.shut && !stopped) {
          at = nanoTime() + period;
          tasks.add(this);
        }
      } catch (Exception e) {
        completeExceptionally(e);
        if (loud) {
          throw new IllegalStateException("a task of " + of.name + " failed", e);
        }
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> task = (Task<?>) other;
      int byTime = Long.compare(at, task.at);
      return byTime == 0 ? Long.compare(number, task.number) : byTime;
    }
  }
}
