package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.Fence;
import com.techcorp.saga.NodeRegistry;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
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
class LaneTest {
  private final OwnThreads threads = new OwnThreads();
  private final FaultBoundary faults = new FaultBoundary();
  private final Commits commits = new Commits();
  private final Ownership ownership =
      new Ownership(
          new OneNode(), "test", Duration.ofMinutes(1), FaultOptions.DEFAULT, faults, threads);
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private final Lane lane =
      new Lane(
          commits,
          ownership,
          new Lane.Limits(10, 1, Duration.ofMinutes(5)),
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
    public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
      begun.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new AssertionError("a commit was interrupted", e);
      }
      onThread.add(Thread.currentThread().getName());
      sizes.add(batch.size());
      return Collections.nCopies(batch.size(), new Verdict.Committed());
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

  private static Work work() {
    UUID id = UUID.randomUUID();
    return Work.of(id, new SagaEffect.Finish(id, 1, 0));
  }

  @BeforeEach
  void begin() {
    ownership.start();
  }

  @AfterEach
  void end() {
    commits.held.countDown();
    lane.close();
    ownership.close();
    timer.shutdownNow();
  }

  @Test
  void whoComesAloneCommitsByItself() {
    CompletableFuture<Lane.Settled> settled = lane.commit(work());

    assertThat(settled).isCompleted();
    assertThat(commits.onThread).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void anInterruptionDoesNotReachTheStorageAndStays() {
    commits.held = new CountDownLatch(0);
    Thread.currentThread().interrupt();

    CompletableFuture<Lane.Settled> settled = lane.commit(work());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(settled).isCompleted();
  }

  @Test
  void whatComesMeanwhileSharesTheNextBatchOfAWorker() throws Exception {
    // given: one commits alone, and is held up
    commits.held = new CountDownLatch(1);
    CompletableFuture<CompletableFuture<Lane.Settled>> alone =
        CompletableFuture.supplyAsync(() -> lane.commit(work()));
    commits.begun.await();

    // when
    CompletableFuture<Lane.Settled> first = lane.commit(work());
    CompletableFuture<Lane.Settled> second = lane.commit(work());

    // then
    assertThat(first).isNotDone();
    commits.held.countDown();
    alone.get(60, TimeUnit.SECONDS).get(60, TimeUnit.SECONDS);
    CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
    assertThat(commits.sizes).containsExactly(1, 2);
    assertThat(commits.onThread.get(1)).startsWith("techcorp-lane-");
  }

  @Test
  void oneOfManySharesABatchAlthoughNothingIsBeingCommitted() throws Exception {
    CompletableFuture<Lane.Settled> settled = lane.submit(work());

    settled.get(60, TimeUnit.SECONDS);
    assertThat(commits.onThread.get(0)).startsWith("techcorp-lane-");
  }
}
