package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who commits: the caller while nothing is being committed, a worker otherwise. */
class GroupCommitTest {
  private final OwnThreads threads = new OwnThreads();
  private final FaultBoundary faults = new FaultBoundary();
  private final Commits commits = new Commits();
  private final Ownership ownership =
      new Ownership(
          new OneNode(), "test", Duration.ofMinutes(1), FaultOptions.DEFAULT, faults, threads);
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private final GroupCommit groupCommit =
      new GroupCommit(
          commits,
          ownership,
          new CommitLimits(10, 1, Duration.ofMinutes(5)),
          faults,
          threads,
          timer);

  /** Notes on which thread what was committed; waits while it is held. */
  private static final class Commits implements UnitOfWork {
    final List<String> onThread = new CopyOnWriteArrayList<>();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    volatile CountDownLatch held = new CountDownLatch(0);

    @Override
    public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
      begun.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new AssertionError("a commit was interrupted", e);
      }
      onThread.add(Thread.currentThread().getName());
      sizes.add(batch.size());
      return Collections.nCopies(batch.size(), new CommitResult.Committed());
    }
  }

  private static final class OneNode implements NodeRegistry {
    @Override
    public Fence register(String name, Duration lease) {
      return new Fence(1, 1);
    }

    @Override
    public boolean renew(Fence fence, Duration lease) {
      return true;
    }

    @Override
    public void retire(Fence fence) {}

    @Override
    public int retireLapsed() {
      return 0;
    }
  }

  private static WriteSet writeSet() {
    UUID id = UUID.randomUUID();
    return WriteSet.of(id, new SagaEffect.Finish(id, 1, 0));
  }

  @BeforeEach
  void begin() {
    ownership.start();
  }

  @AfterEach
  void end() {
    commits.held.countDown();
    groupCommit.close();
    ownership.close();
    timer.shutdownNow();
  }

  @Test
  void whoComesAloneCommitsByItself() {
    CompletableFuture<PendingCommit.Settled> settled = groupCommit.commit(writeSet());

    assertThat(settled).isCompleted();
    assertThat(commits.onThread).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void anInterruptionDoesNotReachTheStorageAndStays() {
    commits.held = new CountDownLatch(0);
    Thread.currentThread().interrupt();

    CompletableFuture<PendingCommit.Settled> settled = groupCommit.commit(writeSet());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(settled).isCompleted();
  }

  @Test
  void whatComesMeanwhileSharesTheNextBatchOfAWorker() throws Exception {
    // given: one commits alone, and is held up
    commits.held = new CountDownLatch(1);
    CompletableFuture<CompletableFuture<PendingCommit.Settled>> alone =
        CompletableFuture.supplyAsync(() -> groupCommit.commit(writeSet()));
    commits.begun.await();

    // when
    CompletableFuture<PendingCommit.Settled> first = groupCommit.commit(writeSet());
    CompletableFuture<PendingCommit.Settled> second = groupCommit.commit(writeSet());

    // then
    assertThat(first).isNotDone();
    commits.held.countDown();
    alone.get(60, TimeUnit.SECONDS).get(60, TimeUnit.SECONDS);
    CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
    assertThat(commits.sizes).containsExactly(1, 2);
    assertThat(commits.onThread.get(1)).startsWith("techcorp-commit-");
  }

  @Test
  void oneOfManySharesABatchAlthoughNothingIsBeingCommitted() throws Exception {
    CompletableFuture<PendingCommit.Settled> settled = groupCommit.submit(writeSet());

    settled.get(60, TimeUnit.SECONDS);
    assertThat(commits.onThread.get(0)).startsWith("techcorp-commit-");
  }
}
