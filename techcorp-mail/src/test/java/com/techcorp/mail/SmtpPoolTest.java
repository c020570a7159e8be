package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmtpPoolTest {
  /** Longer than a test may take: who waits as long as this was not told. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SmtpPool pool = new SmtpPool(2, Duration.ofSeconds(30), System::nanoTime);

  @Test
  void aClosedPoolRefusesAtOnce() throws Exception {
    // given
    assertThat(pool.enter(LONGEST)).isTrue();
    pool.leave();
    assertThat(pool.close(LONGEST)).isTrue();

    // when
    FutureTask<Boolean> late = started(() -> pool.enter(LONGEST));

    // then
    assertThat(late.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whoWaitsForAPlaceIsRefusedWhenThePoolHasClosed() throws Exception {
    // given: both places are taken, and a third caller waits
    assertThat(pool.enter(LONGEST)).isTrue();
    assertThat(pool.enter(LONGEST)).isTrue();
    FutureTask<Boolean> before = started(() -> pool.enter(LONGEST));
    await().atMost(LIMIT).until(() -> pool.waiting() == 1);

    // when
    FutureTask<Boolean> closed = started(() -> pool.close(LONGEST));
    await().atMost(LIMIT).until(() -> pool.isClosed() && pool.waiting() == 2);
    pool.leave();
    pool.leave();

    // then
    assertThat(before.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
    assertThat(closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nobodyIsForgottenWhoComesWhileThePoolCloses() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      // given a caller that begins at the moment at which the pool is closed
      SmtpPool closing = new SmtpPool(1, Duration.ofSeconds(30), System::nanoTime);
      CountDownLatch begun = new CountDownLatch(1);
      FutureTask<Boolean> caller =
          started(
              () -> {
                begun.countDown();
                boolean entered = closing.enter(LONGEST);
                if (entered) {
                  closing.leave();
                }
                return entered;
              });

      // when
      begun.await();
      assertThat(closing.close(LONGEST)).isTrue();

      // then: it came in before, or is refused, but does not wait
      assertThat(caller.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static FutureTask<Boolean> started(Callable<Boolean> call) {
    FutureTask<Boolean> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "smtp-pool-test");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
