package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.Fenced;
import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.Fence;
import com.techcorp.saga.NodeRegistry;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.UnitOfWork.NotWritten;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of works when a commit fails, and while the process has no lease. */
class LaneWithoutLeaseTest {
  private static final long PATIENCE_SECONDS = 60;

  private final OwnThreads threads = new OwnThreads();
  private final FaultBoundary faults = new FaultBoundary();
  private final Nodes nodes = new Nodes();
  private final Storage storage = new Storage();
  private final Ownership ownership =
      new Ownership(nodes, "test", Duration.ofMinutes(1), FaultOptions.DEFAULT, faults, threads);
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private Lane lane = lane(Duration.ofMinutes(5));

  private Lane lane(Duration leaseWait) {
    return new Lane(storage, ownership, new Lane.Limits(10, 1, leaseWait), faults, threads, timer);
  }

  /** Fails once as it is told, and notes under which node the rest was committed. */
  private static final class Storage implements UnitOfWork {
    final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    final List<Integer> nodes = new CopyOnWriteArrayList<>();

    @Override
    public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
      RuntimeException next = fault.getAndSet(null);
      if (next != null) {
        throw next;
      }
      nodes.add(fence == null ? 0 : fence.node());
      return Collections.nCopies(batch.size(), new Verdict.Committed());
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

  private static final SagaEffect.Position POSITION =
      new SagaEffect.Position("step", SagaState.RUNNING, 0, false, null, null, "{}", null, null);

  private static Work beginning() {
    UUID id = UUID.randomUUID();
    return Work.of(id, new SagaEffect.Create(id, "trip", 1, true, POSITION));
  }

  private static Work goingOn() {
    UUID id = UUID.randomUUID();
    return Work.of(id, new SagaEffect.Finish(id, 1, 0));
  }

  @BeforeEach
  void begin() {
    ownership.start();
  }

  @AfterEach
  void end() {
    nodes.ends.countDown();
    lane.close();
    ownership.close();
    timer.shutdownNow();
  }

  private static Verdict verdict(CompletableFuture<Lane.Settled> settled) throws Exception {
    return settled.get(PATIENCE_SECONDS, TimeUnit.SECONDS).verdict();
  }

  private static void fails(CompletableFuture<Lane.Settled> settled, Throwable with) {
    assertThatThrownBy(() -> verdict(settled)).hasCause(with);
  }

  @Test
  void whatWasSurelyNotWrittenCostsNoLease() {
    for (RuntimeException fault :
        List.of(new NotWritten("a time-out", null), new WiringError("no such table"))) {
      storage.fault.set(fault);

      fails(lane.commit(beginning()), fault);
      assertThat(ownership.current()).isEqualTo(new Fence(1, 1));
    }
    assertThat(nodes.retired).isEmpty();
  }

  @Test
  void whoBeginsWaitsForTheNextLease() throws Exception {
    // given: a commit of unknown fate, whose epoch cannot be ended yet
    nodes.ends = new CountDownLatch(1);
    Unavailable unknown = new Unavailable("no answer");
    storage.fault.set(unknown);
    CompletableFuture<Lane.Settled> involved = lane.commit(beginning());

    // when
    CompletableFuture<Lane.Settled> other = lane.commit(beginning());

    // then: nobody is told anything before, since a look could be wrong
    assertThat(involved).isNotDone();
    assertThat(other).isNotDone();
    nodes.ends.countDown();
    fails(involved, unknown);
    assertThat(verdict(other)).isInstanceOf(Verdict.Committed.class);
    assertThat(nodes.retired).containsExactly(1);
    assertThat(storage.nodes).containsExactly(2);
  }

  @Test
  void aBatchThatWasFencedIsRepeatedUnderTheNextLease() throws Exception {
    storage.fault.set(new Fenced("taken away", null));

    assertThat(verdict(lane.commit(beginning()))).isInstanceOf(Verdict.Committed.class);
    assertThat(storage.nodes).containsExactly(2);
  }

  @Test
  void whatBelongsToTheLostLeaseFailsAtOnce() {
    // given
    nodes.ends = new CountDownLatch(1);
    Unavailable unknown = new Unavailable("no answer");
    storage.fault.set(unknown);

    // when, then
    fails(lane.commit(goingOn()), unknown);
    assertThatThrownBy(() -> verdict(lane.commit(goingOn()))).hasCauseInstanceOf(Fenced.class);
  }

  @Test
  void nobodyWaitsForALeaseForEver() {
    // given
    nodes.ends = new CountDownLatch(1);
    lane = lane(Duration.ofMillis(50));
    Unavailable unknown = new Unavailable("no answer");
    storage.fault.set(unknown);

    // when, then
    fails(lane.commit(beginning()), unknown);
    assertThatThrownBy(() -> verdict(lane.commit(beginning()))).hasCauseInstanceOf(Fenced.class);
    nodes.ends.countDown();
    assertThat(storage.nodes).isEmpty();
  }

  @Test
  void whoWaitsIsRefusedWhenTheLaneCloses() {
    // given
    nodes.ends = new CountDownLatch(1);
    storage.fault.set(new Unavailable("no answer"));
    lane.commit(goingOn());
    CompletableFuture<Lane.Settled> waiting = lane.commit(beginning());

    // when
    lane.close();

    // then
    assertThatThrownBy(() -> verdict(waiting)).hasCauseInstanceOf(Fenced.class);
  }
}
