package com.techcorp.auth.password;

import static com.techcorp.auth.password.TestPasswords.FAST;
import static com.techcorp.auth.password.TestPasswords.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may work, who waits, who is refused, and when a permit comes back. */
class HashPermitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void endsAllCallers() {
    end.countDown();
    callers.shutdownNow();
  }

  @Test
  @Tag("T37")
  @Tag("T59")
  void aPermitComesBackWhenItsWorkEndsAndNotWhenItsCallerIsToldToStop() throws Exception {
    // given
    HashPermits permits = new HashPermits(FAST.withPermits(1).withWaiting(0));
    Future<String> abandoned = working(permits);

    // when
    abandoned.cancel(true);

    // then
    assertThat(permits.free()).isZero();
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> permits.with(memory -> "second"));

    // when
    end.countDown();

    // then
    await().atMost(PATIENCE).until(() -> permits.places() == 1);
    assertThat(permits.free()).isEqualTo(1);
    assertThat(permits.<String>with(memory -> "second")).isEqualTo("second");
  }

  @Test
  void moreThanMayWaitAreRefused() throws Exception {
    // given
    HashPermits permits =
        new HashPermits(FAST.withPermits(1).withWaiting(2).withLongestWait(PATIENCE));
    Future<String> first = working(permits);
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiting.add(callers.submit(() -> permits.with(memory -> "waited")));
    }
    await().atMost(PATIENCE).until(() -> permits.places() == 0);

    // then
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> permits.with(memory -> "one more"))
        .withMessage(
            "passwords: all permits are taken and 2 callers wait; try again later, or raise"
                + " PasswordOptions.waiting");

    // when
    end.countDown();

    // then
    assertThat(first.get()).isEqualTo("worked");
    for (Future<String> each : waiting) {
      assertThat(each.get()).isEqualTo("waited");
    }
    assertThat(permits.places()).isEqualTo(3);
    assertThat(permits.free()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsLongerThanTheOptionsSay() throws Exception {
    // given
    HashPermits permits =
        new HashPermits(FAST.withPermits(1).withWaiting(1).withLongestWait(Duration.ofMillis(1)));
    working(permits);

    // then
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> permits.with(memory -> "late"))
        .withMessageContaining("PasswordOptions.longestWait");
    assertThat(permits.places()).as("its place is free again").isEqualTo(1);
  }

  @Test
  void aWaitThatIsInterruptedEnds() throws Exception {
    // given
    HashPermits permits =
        new HashPermits(FAST.withPermits(1).withWaiting(1).withLongestWait(PATIENCE));
    working(permits);
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        new Thread(
            () -> {
              try {
                permits.with(memory -> "never");
              } catch (OverloadedException e) {
                thrown.add(e);
              }
              if (Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
              }
            });
    waiting.start();
    await().atMost(PATIENCE).until(() -> permits.places() == 0);

    // when
    waiting.interrupt();
    waiting.join();

    // then
    assertThat(thrown).hasSize(1);
    assertThat(interrupted).as("it stays interrupted").hasValue(1);
    assertThat(permits.places()).isEqualTo(1);
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    // given
    HashPermits permits =
        new HashPermits(FAST.withPermits(1).withWaiting(8).withLongestWait(PATIENCE));
    working(permits);
    List<Integer> served = new CopyOnWriteArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      Thread caller = new Thread(() -> permits.with(memory -> served.add(number)));
      caller.start();
      await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      waiting.add(caller);
    }

    // when
    end.countDown();
    for (Thread caller : waiting) {
      caller.join();
    }

    // then
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void workThatThrowsGivesPermitAndMemoryBack() {
    // given
    HashPermits permits = new HashPermits(FAST.withPermits(1).withWaiting(0));
    Argon2Memory before = permits.with(memory -> memory);

    // when
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                permits.with(
                    memory -> {
                      throw new IllegalStateException("of the work");
                    }));

    // then
    Argon2Memory after = permits.with(memory -> memory);
    assertThat(after).isSameAs(before);
    assertThat(permits.free()).isEqualTo(1);
    assertThat(permits.places()).isEqualTo(1);
  }

  @Test
  void noMoreThanThePermitsWorkAtOnceAndNoTwoHaveTheSameMemory()
      throws InterruptedException, ExecutionException {
    // given
    HashPermits permits =
        new HashPermits(FAST.withPermits(3).withWaiting(100).withLongestWait(PATIENCE));
    Set<Argon2Memory> used = ConcurrentHashMap.newKeySet();
    AtomicInteger most = new AtomicInteger();

    // when
    List<Future<?>> all = new ArrayList<>();
    for (int caller = 0; caller < 16; caller++) {
      all.add(
          callers.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  permits.with(
                      memory -> {
                        assertThat(used.add(memory)).as("used by one").isTrue();
                        most.accumulateAndGet(used.size(), Math::max);
                        Thread.onSpinWait();
                        return used.remove(memory);
                      });
                }
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }

    // then
    assertThat(most.get()).isBetween(1, 3);
    assertThat(permits.free()).isEqualTo(3);
    assertThat(permits.places()).isEqualTo(103);
  }

  /** Has a caller take a permit and keep it until the end, whatever it is told. */
  private Future<String> working(HashPermits permits) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<String> caller =
        callers.submit(
            () ->
                permits.with(
                    memory -> {
                      begun.countDown();
                      awaitUninterruptibly(end);
                      return "worked";
                    }));
    begun.await();
    return caller;
  }
}
