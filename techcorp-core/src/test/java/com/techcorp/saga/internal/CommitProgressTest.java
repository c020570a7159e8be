package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether a group commit's storage still commits. */
class CommitProgressTest {
  private static final Duration LEASE = Duration.ofSeconds(5);

  private final ManualThreads threads = new ManualThreads();
  private final AtomicInteger waiting = new AtomicInteger();
  private @Nullable RuntimeException fault;
  private Runnable meanwhile = () -> {};
  private final CommitProgress progress =
      new CommitProgress(
          new UnitOfWork() {
            @Override
            public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
              meanwhile.run();
              if (fault != null) {
                throw fault;
              }
              return List.of();
            }
          },
          LEASE,
          threads);

  CommitProgressTest() {
    progress.waiting(waiting::get);
  }

  private void commit() {
    progress.commit(null, List.of());
  }

  @Test
  void nothingToCommitIsNoObstacle() {
    threads.pass(Duration.ofDays(1));

    assertThat(progress.stuckFor()).isZero();
    assertThat(progress.obstacle()).isNull();
    assertThat(progress.longest()).isNull();
  }

  @Test
  void whatWaitsForLongerThanALeaseIsOne() {
    // given
    progress.stuckFor();
    waiting.set(3);

    // when, then
    threads.pass(LEASE);
    assertThat(progress.obstacle()).as("for a lease").isNull();
    threads.pass(Duration.ofMillis(1));
    assertThat(progress.obstacle()).contains("no batch was committed for PT5.001S");
  }

  @Test
  void aCommitInBetweenIsProgressHoweverMuchWaits() {
    waiting.set(3);
    for (int i = 0; i < 10; i++) {
      threads.pass(LEASE.minusMillis(1));
      commit();
      assertThat(progress.obstacle()).isNull();
    }
    assertThat(progress.committed()).isEqualTo(10);
  }

  @Test
  void aBatchThatHangsIsOneAndNamesItsThread() {
    progress.stuckFor();
    meanwhile =
        () -> {
          threads.pass(LEASE.plusSeconds(2));

          assertThat(progress.obstacle())
              .contains(Thread.currentThread().getName() + " has been in one commit for PT7S");
          assertThat(progress.longest())
              .isEqualTo(
                  new CommitProgress.Longest(
                      Thread.currentThread().getName(), Duration.ofSeconds(7)));
        };

    commit();

    assertThat(progress.obstacle()).as("it returned").isNull();
    assertThat(progress.longest()).isNull();
  }

  @Test
  void aRefusalIsAnAnswerAndSilenceIsNone() {
    waiting.set(1);
    for (RuntimeException answer :
        List.of(
            new UnstorableDataException("bad row", null),
            new NotWrittenException("locked", null))) {
      fault = answer;
      threads.pass(LEASE);
      assertThatThrownBy(this::commit).isSameAs(answer);
      assertThat(progress.obstacle()).isNull();
    }

    fault = new UnavailableException("no answer");
    threads.pass(LEASE.plusMillis(1));
    assertThatThrownBy(this::commit).isSameAs(fault);

    assertThat(progress.obstacle()).isNotNull();
    assertThat(progress.longest()).as("nothing is inside any more").isNull();
  }
}
