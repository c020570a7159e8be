package com.techcorp.contracts;

import com.techcorp.error.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Runs tasks at the same time. */
final class Threads {
  private static final long LIMIT_SECONDS = 60;

  private Threads() {}

  /**
   * Asks again for as long as a call is {@link UnavailableException} and says that nothing was
   * written, as its clients do: on a busy machine a row may be locked for longer than a call waits
   * for it.
   */
  static <T> T patiently(Supplier<T> call) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      try {
        return call.get();
      } catch (UnavailableException e) {
        boolean written = !String.valueOf(e.getMessage()).contains("nothing was written");
        if (written || System.nanoTime() - until > 0) {
          throw e;
        }
      }
    }
  }

  /** Starts all tasks together; gives their results in order, or what one of them threw. */
  static <T> List<T> together(int count, IntFunction<Callable<T>> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier start = new CyclicBarrier(count);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> mine = task.apply(i);
        running.add(
            executor.submit(
                () -> {
                  start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                  return mine.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
