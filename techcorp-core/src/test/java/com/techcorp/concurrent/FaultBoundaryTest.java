package com.techcorp.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
