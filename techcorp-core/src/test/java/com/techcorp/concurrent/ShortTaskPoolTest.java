package com.techcorp.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each task runs once, whatever the others do, and few threads are enough for short ones. */
@Timeout(60)
class ShortTaskPoolTest {
  private static final int THREADS = 16;

  private final ShortTaskPool pool = new ShortTaskPool("short", THREADS);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    pool.shutdown();
  }

  private void block(CountDownLatch begun) {
    begun.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyTaskRunsOnceWhoeverSubmitsIt() throws Exception {
    int submitters = 4;
    int each = 50_000;
    AtomicInteger[] runs = new AtomicInteger[submitters * each];
    CountDownLatch all = new CountDownLatch(runs.length);
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < submitters; s++) {
      int first = s * each;
      threads.add(
          new Thread(
              () -> {
                for (int i = first; i < first + each; i++) {
                  AtomicInteger count = new AtomicInteger();
                  runs[i] = count;
                  pool.execute(
                      () -> {
                        count.incrementAndGet();
                        all.countDown();
                      });
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    all.await();
    pool.shutdown();
    assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(runs).allSatisfy(count -> assertThat(count.get()).isEqualTo(1));
  }

  @Test
  void aTaskAlsoRunsThatAnotherOneSubmits() throws Exception {
    CountDownLatch done = new CountDownLatch(1_000);
    pool.execute(() -> submitAgain(done));

    done.await();
  }

  private void submitAgain(CountDownLatch left) {
    left.countDown();
    if (left.getCount() > 0) {
      pool.execute(() -> submitAgain(left));
    }
  }

  @Test
  void tasksThatBlockHaveAThreadEach() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < THREADS; i++) {
      pool.execute(
          () -> {
            names.add(Thread.currentThread().getName());
            block(begun);
          });
    }

    begun.await();
    assertThat(names).hasSize(THREADS).allSatisfy(name -> assertThat(name).startsWith("short-"));
  }

  @Test
  void whatComesAfterAsManyBlockedTasksAsThreadsRunsWhenOneReturns() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    AtomicInteger late = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> block(begun));
    }
    begun.await();
    CountDownLatch ran = new CountDownLatch(1);
    pool.execute(
        () -> {
          late.incrementAndGet();
          ran.countDown();
        });

    assertThat(late).hasValue(0);
    release.countDown();
    ran.await();
  }

  @Test
  void theTasksBehindOneThatThrowsRun() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS - 1);
    for (int i = 0; i < THREADS - 1; i++) {
      pool.execute(() -> block(begun));
    }
    begun.await(); // one thread is left for all that follows
    LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    CountDownLatch ran = new CountDownLatch(100);
    pool.execute(
        () -> Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e)));
    for (int i = 0; i < 100; i++) {
      pool.execute(
          () -> {
            ran.countDown();
            throw new LinkageError("a task's own fault");
          });
    }

    ran.await();
    assertThat(uncaught.take()).hasMessage("a task's own fault");
  }

  @Test
  void afterShutDownWhatWasAcceptedRunsAndNothingElseIsAccepted() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> block(begun));
    }
    begun.await();
    for (int i = 0; i < 100; i++) {
      pool.execute(ran::incrementAndGet);
    }

    pool.shutdown();
    assertThatThrownBy(() -> pool.execute(ran::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    release.countDown();

    assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(100);
  }

  @Test
  void afterShutDownTasksThatBlockStillHaveAThreadEach() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      pool.execute(
          () -> {
            first.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
    }
    first.await();
    CountDownLatch begun = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      pool.execute(() -> block(begun));
    }
    pool.shutdown();
    go.countDown();

    begun.await();
  }

  @Test
  void shuttingDownNowDropsWhatWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      pool.execute(
          () -> {
            begun.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    begun.await();
    pool.execute(ran::incrementAndGet);
    pool.shutdownNow();

    assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(0);
  }
}
