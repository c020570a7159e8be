package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that a test passes, and timers that it turns: what is to run at once does, what runs again
 * and again runs at each {@link #turn}, and what is to run once and later does not.
 */
final class ManualThreads implements Threads {
  private static final Logger log = LoggerFactory.getLogger(ManualThreads.class);

  private final List<Runnable> periodic = new ArrayList<>();

  /** Near its overflow, which monotonic time may pass. */
  private long now = Long.MAX_VALUE - 1_000;

  void pass(Duration time) {
    now += time.toNanos();
  }

  void turn() {
    List.copyOf(periodic).forEach(Runnable::run);
  }

  @Override
  public ScheduledExecutorService timer(String name, int threads) {
    return (ScheduledExecutorService)
        Proxy.newProxyInstance(
            ManualThreads.class.getClassLoader(),
            new Class<?>[] {ScheduledExecutorService.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "execute" -> ((Runnable) args[0]).run();
                case "scheduleWithFixedDelay" -> periodic.add((Runnable) args[0]);
                case "schedule" -> log.debug("{} would run it later", name);
                case "shutdownNow" -> periodic.clear();
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            });
  }

  @Override
  public ExecutorService pool(String name, int threads) {
    throw new UnsupportedOperationException("no pool is needed here");
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void await(CompletableFuture<?> future) {
    future.join();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration limit) {
    return future.isDone();
  }
}
