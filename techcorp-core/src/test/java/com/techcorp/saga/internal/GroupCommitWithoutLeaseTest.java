package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.FencedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of write sets when a commit fails, and while the process has no lease. */
class GroupCommitWithoutLeaseTest {
  private static final long PATIENCE_SECONDS = 60;

  private final OwnThreads threads = new OwnThreads();
  private final FaultBoundary faults = new FaultBoundary();
  private final Nodes nodes = new Nodes();
  private final Storage storage = new Storage();
  private final Ownership ownership =
      new Ownership(nodes, "test", Duration.ofMinutes(1), FaultOptions.DEFAULT, faults, threads);
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private GroupCommit groupCommit = groupCommit(Duration.ofMinutes(5));

  private GroupCommit groupCommit(Duration leaseWait) {
    return new GroupCommit(
        storage, ownership, new CommitLimits(10, 1, leaseWait), faults, threads, timer);
  }

  /** Fails once as it is told, and notes under which node the rest was committed. */
  private static final class Storage implements UnitOfWork {
    final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    final List<Integer> nodes = new CopyOnWriteArrayList<>();

    @Override
    public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
      RuntimeException next = fault.getAndSet(null);
      if (next != null) {
        throw next;
      }
      nodes.add(fence == null ? 0 : fence.node());
      return Collections.nCopies(batch.size(), new CommitResult.Committed());
    }
  }

  /** Ends an epoch only when it is let. */
  private static final class Nodes implements NodeRegistry {
    final AtomicInteger last = new AtomicInteger();
    final List<Integer> retired = new CopyOnWriteArrayList<>();
    volatile CountDownLatch ends = new CountDownLatch(0);

    @Override
    public Fence register(String name, Duration lease) {
      return new Fence(last.incrementAndGet(), 1);
    }

    @Override
    public boolean renew(Fence fence, Duration lease) {
      return true;
    }

    @Override
    public void retire(Fence fence) {
      try {
        ends.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      retired.add(fence.node());
    }

    @Override
    public int retireLapsed() {
      return 0;
    }
  }

  private static final SagaPosition POSITION =
      new SagaPosition("step", SagaState.RUNNING, 0, false, null, null, "{}", null, null);

  private static WriteSet beginning() {
    UUID id = UUID.randomUUID();
    return WriteSet.of(id, new SagaEffect.Create(id, "trip", 1, true, POSITION));
  }

  private static WriteSet goingOn() {
    UUID id = UUID.randomUUID();
    return WriteSet.of(id, new SagaEffect.Finish(id, 1, 0));
  }

  @BeforeEach
  void begin() {
    ownership.start();
  }

  @AfterEach
  void end() {
    nodes.ends.countDown();
    groupCommit.close();
    ownership.close();
    timer.shutdownNow();
  }

  private static CommitResult result(CompletableFuture<PendingCommit.Settled> settled)
      throws Exception {
    return settled.get(PATIENCE_SECONDS, TimeUnit.SECONDS).result();
  }

  private static void fails(CompletableFuture<PendingCommit.Settled> settled, Throwable with) {
    assertThatThrownBy(() -> result(settled)).hasCause(with);
  }

  @Test
  void whatWasSurelyNotWrittenCostsNoLease() {
    for (RuntimeException fault :
        List.of(
            new NotWrittenException("a time-out", null), new WiringException("no such table"))) {
      storage.fault.set(fault);

      fails(groupCommit.commit(beginning()), fault);
      assertThat(ownership.current()).isEqualTo(new Fence(1, 1));
    }
    assertThat(nodes.retired).isEmpty();
  }

  @Test
  void whoBeginsWaitsForTheNextLease() throws Exception {
    // given: a commit of unknown fate, whose epoch cannot be ended yet
    nodes.ends = new CountDownLatch(1);
    UnavailableException unknown = new UnavailableException("no answer");
    storage.fault.set(unknown);
    CompletableFuture<PendingCommit.Settled> involved = groupCommit.commit(beginning());

    // when
    CompletableFuture<PendingCommit.Settled> other = groupCommit.commit(beginning());

    // then: nobody is told anything before, since a look could be wrong
    assertThat(involved).isNotDone();
    assertThat(other).isNotDone();
    nodes.ends.countDown();
    fails(involved, unknown);
    assertThat(result(other)).isInstanceOf(CommitResult.Committed.class);
    assertThat(nodes.retired).containsExactly(1);
    assertThat(storage.nodes).containsExactly(2);
  }

  @Test
  void aBatchThatWasFencedIsRepeatedUnderTheNextLease() throws Exception {
    storage.fault.set(new FencedException("taken away", null));

    assertThat(result(groupCommit.commit(beginning()))).isInstanceOf(CommitResult.Committed.class);
    assertThat(storage.nodes).containsExactly(2);
  }

  @Test
  void whatBelongsToTheLostLeaseFailsAtOnce() {
    // given
    nodes.ends = new CountDownLatch(1);
    UnavailableException unknown = new UnavailableException("no answer");
    storage.fault.set(unknown);

    // when, then
    fails(groupCommit.commit(goingOn()), unknown);
    assertThatThrownBy(() -> result(groupCommit.commit(goingOn())))
        .hasCauseInstanceOf(FencedException.class);
  }

  @Test
  void nobodyWaitsForALeaseForEver() {
    // given
    nodes.ends = new CountDownLatch(1);
    groupCommit = groupCommit(Duration.ofMillis(50));
    UnavailableException unknown = new UnavailableException("no answer");
    storage.fault.set(unknown);

    // when, then
    fails(groupCommit.commit(beginning()), unknown);
    assertThatThrownBy(() -> result(groupCommit.commit(beginning())))
        .hasCauseInstanceOf(FencedException.class);
    nodes.ends.countDown();
    assertThat(storage.nodes).isEmpty();
  }

  @Test
  void whoWaitsIsRefusedWhenTheLaneCloses() {
    // given
    nodes.ends = new CountDownLatch(1);
    storage.fault.set(new UnavailableException("no answer"));
    groupCommit.commit(goingOn());
    CompletableFuture<PendingCommit.Settled> waiting = groupCommit.commit(beginning());

    // when
    groupCommit.close();

    // then
    assertThatThrownBy(() -> result(waiting)).hasCauseInstanceOf(FencedException.class);
  }
}
