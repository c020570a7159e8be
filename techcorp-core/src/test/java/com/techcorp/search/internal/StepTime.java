package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only as the test says, or while somebody waits. Timers do nothing. */
final class StepTime implements Threads {
  private final AtomicLong nanos = new AtomicLong();
  private Runnable meanwhile = () -> {};

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** What happens while somebody waits. */
  void meanwhile(Runnable what) {
    meanwhile = what;
  }

  @Override
  public ScheduledExecutorService timer(String name, int threads) {
    ScheduledThreadPoolExecutor none = new ScheduledThreadPoolExecutor(threads);
    none.shutdown();
    none.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
    return none;
  }

  @Override
  public ExecutorService pool(String name, int threads) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void await(CompletableFuture<?> future) {
    throw new UnsupportedOperationException("a wait without a limit");
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration limit) {
    meanwhile.run();
    pass(limit);
    return future.isDone();
  }
}
