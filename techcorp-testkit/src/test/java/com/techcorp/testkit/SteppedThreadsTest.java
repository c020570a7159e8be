package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SteppedThreadsTest {
  private static final Duration SECONDS_3 = Duration.ofSeconds(3);

  private final SteppedClock clock = SteppedClock.create();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final ScheduledExecutorService timer = threads.timer("timer", 1);
  private final ExecutorService pool = threads.pool("pool", 2);
  private final List<String> ran = new ArrayList<>();

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    threads.run();
  }

  @Test
  void nothingRunsBeforeItIsStepped() {
    pool.execute(task("a"));
    assertThat(ran).isEmpty();
    assertThat(threads.run()).isEqualTo(1);
    assertThat(ran).containsExactly("a");
  }

  @Test
  void runsByTimeAndThenInTheOrderOfSubmission() {
    timer.schedule(task("late"), 2, TimeUnit.SECONDS);
    timer.schedule(task("early"), 1, TimeUnit.SECONDS);
    pool.execute(task("first"));
    pool.execute(
        () -> {
          ran.add("second");
          pool.execute(task("third"));
        });
    threads.run();
    pass(5);
    assertThat(ran).containsExactly("first", "second", "third", "early", "late");
  }

  @Test
  void repeatsOnceForEachStepOfTheClock() {
    ScheduledFuture<?> tick = timer.scheduleWithFixedDelay(task("tick"), 1, 1, TimeUnit.SECONDS);
    pass(1);
    pass(10);
    assertThat(ran).containsExactly("tick", "tick");
    tick.cancel(false);
    pass(10);
    assertThat(ran).hasSize(2);
    assertThat(threads.untilNext()).isNull();
  }

  @Test
  void waitsByRunningWhatIsQueued() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    pool.execute(() -> answer.complete("yes"));
    pool.execute(task("later"));
    threads.await(answer);
    assertThat(answer).isCompletedWithValue("yes");
    assertThat(ran).isEmpty();
  }

  @Test
  void tellsThatAWaitWouldBeForEver() {
    assertThatIllegalStateException().isThrownBy(() -> threads.await(new CompletableFuture<>()));
    assertThat(threads.await(new CompletableFuture<>(), Duration.ofDays(1))).isFalse();
  }

  @Test
  void measuresTimeThatNeverGoesBack() {
    long before = threads.nanoTime();
    clock.advance(Duration.ofSeconds(3));
    assertThat(threads.nanoTime() - before).isEqualTo(Duration.ofSeconds(3).toNanos());
    clock.advance(Duration.ofHours(-1));
    assertThat(threads.nanoTime() - before).isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void aStoppedProcessRunsNothingMore() {
    pool.execute(task("never"));
    threads.stop();
    pool.execute(task("nor this"));
    assertThat(threads.run()).isZero();
    assertThat(ran).isEmpty();
  }

  @Test
  void aFailureOfATaskNobodyWaitsForComesOut() {
    pool.execute(
        () -> {
          throw new IllegalArgumentException("broken");
        });
    assertThatIllegalStateException()
        .isThrownBy(threads::run)
        .withRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTaskThatStandsStillLetsOthersGoOn() {
    // given
    SteppedThreads holdable = SteppedThreads.holdable(clock);
    ExecutorService workers = holdable.pool("workers", 2);
    Instant until = clock.now().plusSeconds(5);
    workers.execute(
        () -> {
          ran.add("begins");
          holdable.hold(() -> !clock.now().isBefore(until));
          ran.add("ends");
        });
    workers.execute(task("other"));

    // when
    holdable.run();
    clock.advance(Duration.ofSeconds(1));
    holdable.run();

    // then
    assertThat(ran).containsExactly("begins", "other");
    assertThat(workers.isTerminated()).isFalse();
    clock.advance(Duration.ofSeconds(4));
    holdable.run();
    assertThat(ran).containsExactly("begins", "other", "ends");
  }

  @Test
  void aTaskThatStandsStillOccupiesAThreadOfItsExecutor() {
    // given
    SteppedThreads holdable = SteppedThreads.holdable(clock);
    ScheduledExecutorService single = holdable.timer("single", 1);
    AtomicBoolean goesOn = new AtomicBoolean();
    single.execute(() -> holdable.hold(goesOn::get));
    single.execute(task("behind it"));
    holdable.pool("pool", 1).execute(task("elsewhere"));

    // when
    holdable.run();

    // then
    assertThat(ran).containsExactly("elsewhere");
    goesOn.set(true);
    holdable.run();
    assertThat(ran).containsExactly("elsewhere", "behind it");
  }

  @Test
  void aWaitStandsStillUntilItIsDoneOrTimeHasPassed() {
    // given
    SteppedThreads holdable = SteppedThreads.holdable(clock);
    ExecutorService workers = holdable.pool("workers", 2);
    CompletableFuture<String> answer = new CompletableFuture<>();
    workers.execute(
        () -> {
          holdable.await(answer);
          ran.add("answered");
        });
    workers.execute(
        () -> ran.add("waited: " + holdable.await(new CompletableFuture<>(), SECONDS_3)));

    // when
    holdable.run();
    assertThat(ran).isEmpty();
    clock.advance(SECONDS_3);
    holdable.run();

    // then
    assertThat(ran).containsExactly("waited: false");
    answer.complete("yes");
    holdable.run();
    assertThat(ran).containsExactly("waited: false", "answered");
  }

  @Test
  void whatStandsStillEndsWithItsProcess() {
    // given
    SteppedThreads holdable = SteppedThreads.holdable(clock);
    ExecutorService workers = holdable.pool("workers", 1);
    workers.execute(
        () -> {
          try {
            holdable.hold(() -> false);
            ran.add("went on");
          } finally {
            ran.add("left");
          }
        });
    boolean ended = holdable.call(() -> holdable.hold(() -> false));
    holdable.run();

    // when
    holdable.stop();

    // then
    assertThat(ended).isFalse();
    assertThat(ran).containsExactly("left");
  }

  @Test
  void onlyATaskOfHoldableThreadsCanStandStill() {
    pool.execute(() -> threads.hold(() -> true));
    assertThatIllegalStateException().isThrownBy(threads::run);
    SteppedThreads holdable = SteppedThreads.holdable(clock);
    assertThatIllegalStateException().isThrownBy(() -> holdable.hold(() -> true));
  }

  @Test
  void aPoolThatIsShutFinishesAndRefusesWhileATimerDrops() throws InterruptedException {
    pool.execute(task("finished"));
    timer.schedule(task("dropped"), 0, TimeUnit.SECONDS);
    timer.shutdown();
    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    timer.execute(task("dropped too"));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.execute(task("refused")));
    threads.run();
    assertThat(ran).containsExactly("finished");
  }
}
