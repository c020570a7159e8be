package com.techcorp.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing that is thrown ends a thread or a task, and fatal errors are passed on. */
class FaultBoundaryTest {
  private final FaultBoundary boundary = new FaultBoundary();
  private final Threads threads = boundary.around(new OwnThreads());
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private final ExecutorService pool = threads.pool("test-pool", 1);

  @AfterEach
  void end() {
    timer.shutdownNow();
    pool.shutdownNow();
  }

  @Test
  @Tag("R03")
  @DisplayName("R03: a task that repeats is run again whatever it threw")
  void aTaskThatRepeatsIsRunAgain() throws Exception {
    // given
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch thrice = new CountDownLatch(3);

    // when
    timer.scheduleWithFixedDelay(
        () -> {
          runs.incrementAndGet();
          thrice.countDown();
          throw new NoClassDefFoundError("simulated");
        },
        0,
        1,
        TimeUnit.MILLISECONDS);

    // then
    assertThat(thrice.await(1, TimeUnit.MINUTES)).as("it ran three times").isTrue();
    assertThat(boundary.escaped()).isGreaterThanOrEqualTo(2);
    assertThat(boundary.fatal()).isZero();
  }

  @Test
  void aPoolGoesOnAfterAnError() throws Exception {
    CountDownLatch next = new CountDownLatch(1);

    pool.execute(
        () -> {
          throw new StackOverflowError("simulated");
        });
    pool.execute(next::countDown);

    assertThat(next.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aTaskRunsWithinWhatTheHostAddsToItsThread() throws Exception {
    // given
    List<String> seen = new CopyOnWriteArrayList<>();
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService decorated =
        boundary
            .around(
                decorating(
                    (name, task) ->
                        () -> {
                          seen.add("begin " + name);
                          task.run();
                          seen.add("end");
                          both.countDown();
                        }))
            .pool("host", 1);

    // when
    decorated.execute(() -> seen.add("task"));
    decorated.execute(() -> seen.add("task"));

    // then
    assertThat(both.await(1, TimeUnit.MINUTES)).isTrue();
    decorated.shutdown();
    assertThat(seen).containsExactly("begin host", "task", "end", "begin host", "task", "end");
  }

  @Test
  @Tag("R03")
  @DisplayName("R03: a task runs also when its thread throws before it was reached, and once only")
  void aTaskRunsAlsoWhenItsThreadThrowsFirst() throws Exception {
    // given
    CountDownLatch ran = new CountDownLatch(2);
    AtomicInteger runs = new AtomicInteger();
    ExecutorService broken =
        boundary
            .around(
                decorating(
                    (name, task) ->
                        () -> {
                          if (runs.get() > 0) {
                            task.run();
                          }
                          throw new NoClassDefFoundError("simulated");
                        }))
            .pool("host", 1);
    Runnable task =
        () -> {
          runs.incrementAndGet();
          ran.countDown();
        };

    // when
    broken.execute(task);
    broken.execute(task);
    broken.shutdown();

    // then
    assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(broken.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(runs).hasValue(2);
    assertThat(boundary.escaped()).isEqualTo(2);
  }

  private static Threads decorating(BiFunction<String, Runnable, Runnable> decoration) {
    return new Decorating(new OwnThreads(), decoration);
  }

  private record Decorating(Threads threads, BiFunction<String, Runnable, Runnable> decoration)
      implements Threads {
    @Override
    public Runnable decorate(String name, Runnable task) {
      return decoration.apply(name, task);
    }

    @Override
    public ScheduledExecutorService timer(String name, int count) {
      return threads.timer(name, count);
    }

    @Override
    public ExecutorService pool(String name, int count) {
      return threads.pool(name, count);
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
  }

  @Test
  void aFatalErrorIsPassedOnAlsoAsACause() {
    boundary.onFatal(fatal::add);
    OutOfMemoryError memory = new OutOfMemoryError("simulated");
    RuntimeException wrapped = new RuntimeException(new IllegalStateException(memory));

    boundary.caught(memory);
    boundary.caught(wrapped);
    boundary.caught(new InternalError("simulated"));
    boundary.caught(new StackOverflowError());
    boundary.caught(new NoClassDefFoundError("com/host/Points"));

    assertThat(fatal).hasSize(3).startsWith(memory, wrapped);
    assertThat(boundary.fatal()).isEqualTo(3);
  }

  @Test
  void whoeverIsPassedAFatalErrorMayFailToo() {
    boundary.onFatal(
        fault -> {
          throw new IllegalStateException("simulated");
        });

    boundary.caught(new OutOfMemoryError("simulated"));

    assertThat(boundary.fatal()).isEqualTo(1);
  }

  @Test
  void anInterruptionStays() {
    boundary.caught(new InterruptedException());

    assertThat(Thread.interrupted()).isTrue();
  }
}
