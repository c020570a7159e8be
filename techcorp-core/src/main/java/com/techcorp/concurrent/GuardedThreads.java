package com.techcorp.concurrent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs every task inside a {@link FaultBoundary}; all else is the delegate's. */
final class GuardedThreads implements Threads {
  private final Threads threads;
  private final Consumer<Runnable> boundary;

  /**
   * @param boundary runs a task and lets nothing out of it
   */
  GuardedThreads(Threads threads, Consumer<Runnable> boundary) {
    this.threads = threads;
    this.boundary = boundary;
  }

  @Override
  public ScheduledExecutorService timer(String name, int count) {
    return new GuardedTimer(threads.timer(name, count), task -> guarded(name, task));
  }

  @Override
  public ExecutorService pool(String name, int count) {
    return new Guarded<>(threads.pool(name, count), task -> guarded(name, task));
  }

  private Runnable guarded(String name, Runnable task) {
    return () -> {
      Begun work = new Begun(task);
      boundary.accept(() -> threads.decorate(name, work).run());
      if (!work.begun) {
        boundary.accept(task); // others wait for what it does, whatever the host's decoration does
      }
    };
  }

  /** Knows whether its task was reached. */
  private static final class Begun implements Runnable {
    private final Runnable task;
    private boolean begun;

    Begun(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      begun = true;
      task.run();
    }
  }

  @Override
  public Runnable decorate(String name, Runnable task) {
    return threads.decorate(name, task);
  }

  @Override
  public long nanoTime() {
    return threads.nanoTime();
  }

  @Override
  public void await(CompletableFuture<?> future) {
    threads.await(future);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration limit) {
    return threads.await(future, limit);
  }

  private static class Guarded<E extends ExecutorService> extends AbstractExecutorService {
    final E executor;
    private final UnaryOperator<Runnable> guard;

    Guarded(E executor, UnaryOperator<Runnable> guard) {
      this.executor = executor;
      this.guard = guard;
    }

    final Runnable guarded(Runnable task) {
      return guard.apply(task);
    }

    @Override
    public final void execute(Runnable task) {
      executor.execute(guarded(task));
    }

    @Override
    public final void shutdown() {
      executor.shutdown();
    }

    @Override
    public final List<Runnable> shutdownNow() {
      return executor.shutdownNow();
    }

    @Override
    public final boolean isShutdown() {
      return executor.isShutdown();
    }

    @Override
    public final boolean isTerminated() {
      return executor.isTerminated();
    }

    @Override
    public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return executor.awaitTermination(timeout, unit);
    }
  }

  private static final class GuardedTimer extends Guarded<ScheduledExecutorService>
      implements ScheduledExecutorService {
    GuardedTimer(ScheduledExecutorService executor, UnaryOperator<Runnable> guard) {
      super(executor, guard);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return executor.schedule(guarded(task), delay, unit);
    }

    /** Schedules a task; an exception of the Callable belongs to the holder of its future. */
    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
      return executor.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable task, long initialDelay, long period, TimeUnit unit) {
      return executor.scheduleAtFixedRate(guarded(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long initialDelay, long delay, TimeUnit unit) {
      return executor.scheduleWithFixedDelay(guarded(task), initialDelay, delay, unit);
    }
  }
}
