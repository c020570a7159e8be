package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When alarms run, and how seldom the timer is asked for that. */
class DeadlinesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final OneTimer threads = new OneTimer();
  private final Deadlines deadlines = new Deadlines(threads, new FaultBoundary());
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** Lets the test look at the timer. */
  private static final class OneTimer implements Threads {
    private final OwnThreads own = new OwnThreads();
    private final ScheduledThreadPoolExecutor timer =
        (ScheduledThreadPoolExecutor) own.timer("deadlines", 1);

    @Override
    public ScheduledExecutorService timer(String name, int threads) {
      return timer;
    }

    @Override
    public ExecutorService pool(String name, int threads) {
      return own.pool(name, threads);
    }

    @Override
    public long nanoTime() {
      return own.nanoTime();
    }

    @Override
    public void await(CompletableFuture<?> future) {
      own.await(future);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) {
      return own.await(future, limit);
    }
  }

  @AfterEach
  void close() {
    deadlines.close();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @Test
  void alarmsRunByTimeWhateverWasSetFirst() {
    deadlines.set(HOUR, () -> heard.add("in an hour"));
    deadlines.set(millis(200), () -> heard.add("late"));
    deadlines.set(millis(100), () -> heard.add("early"));
    deadlines.set(-1, () -> heard.add("past"));

    await().atMost(LIMIT).until(() -> heard.size() == 3);
    assertThat(heard).containsExactly("past", "early", "late");
  }

  @Test
  void whatIsForgottenDoesNotRun() {
    Deadlines.Deadline forgotten = deadlines.set(millis(50), () -> heard.add("forgotten"));
    deadlines.set(millis(100), () -> heard.add("kept"));

    deadlines.forget(forgotten);

    await().atMost(LIMIT).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly("kept");
  }

  @Test
  void anAlarmThatThrowsKeepsNoOtherFromRunning() {
    deadlines.set(
        millis(20),
        () -> {
          throw new AssertionError("simulated");
        });
    deadlines.set(millis(40), () -> heard.add("next"));

    await().atMost(LIMIT).until(() -> heard.contains("next"));
  }

  @Test
  void afterAQuietTimeItWatchesAgain() {
    deadlines.set(1, () -> heard.add("first"));
    await()
        .atMost(LIMIT)
        .until(() -> heard.contains("first") && threads.timer.getQueue().isEmpty());

    deadlines.set(1, () -> heard.add("second"));

    await().atMost(LIMIT).until(() -> heard.contains("second"));
  }

  @Test
  void oneTaskIsLeftHoweverOftenAnEarlierOneIsSet() {
    for (int i = 0; i < 1_000; i++) {
      deadlines.set(HOUR - millis(i * 1_000L), () -> heard.add("never"));
    }

    assertThat(threads.timer.getQueue()).hasSize(1);
  }

  @Test
  void callsThatEndInTimeDoNotTroubleTheTimer() {
    deadlines.forget(deadlines.set(HOUR, () -> heard.add("never")));
    Runnable task = threads.timer.getQueue().peek();

    for (int i = 0; i < 1_000; i++) {
      deadlines.forget(deadlines.set(HOUR, () -> heard.add("never")));
    }

    assertThat(threads.timer.getQueue()).hasSize(1).first().isSameAs(task).isNotNull();
  }
}
