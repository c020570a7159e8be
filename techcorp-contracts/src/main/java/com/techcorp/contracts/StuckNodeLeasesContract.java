package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.storage.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A process that cannot commit or schedule gives up its lease, and keeps no caller waiting. */
public abstract class StuckNodeLeasesContract extends StuckNodeScenario {
  /** For subclasses. */
  protected StuckNodeLeasesContract() {}

  @Test
  @DisplayName("R20: a node that cannot commit gives up its lease, and comes back when it can")
  void aNodeThatCannotCommitGivesUpItsLease() throws Exception {
    // given: a call is under way when every commit of this process begins to hang
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    SagaDefinition<Job> jobs =
        jobs(
            () -> {
              asked.countDown();
              await(answer);
            },
            StuckNodeScenario::nothing);
    AtomicInteger hanging = new AtomicInteger();
    Storage storage =
        WiredStorage.writing(
                inner ->
                    WiredStorage.proxy(
                        UnitOfWork.class,
                        inner,
                        (method, call) -> {
                          if (method.equals("commit") && hanging.get() > 0) {
                            hang();
                          }
                          return call.make();
                        }))
            .apply(storage());
    TechCorp stuck = start(jobs, storage, builder -> builder);
    UUID id = StorageContract.newId();
    stuck.sagas().start(jobs, id, new Job("one"));
    await(asked);
    hanging.set(1);
    answer.countDown();

    // when
    SagaDefinition<Job> working = jobs(StuckNodeScenario::nothing, StuckNodeScenario::nothing);
    TechCorp other = start(working);

    // then
    assertThat(outcome(other, working, id).failure()).isNull();
    eventually(() -> assertThat(stuck.health().status()).isEqualTo(HealthStatus.DOWN));
    eventually(
        () ->
            assertThat(stuck.health().findings())
                .extracting(Finding::code)
                .contains("LEASE_LOST", "LANE_STUCK"));
    assertDone(1);

    // when: commits go on
    hanging.set(0);
    released.countDown();

    // then: it works again
    eventually(() -> assertThat(stuck.health().status()).isEqualTo(HealthStatus.UP));
    UUID next = StorageContract.newId();
    stuck.sagas().start(jobs, next, new Job("two"));
    assertThat(outcome(stuck, jobs, next).failure()).isNull();
    assertDone(2);
  }

  @Test
  void aCallerIsNotKeptWaitingForACommitThatHangs() {
    // given: two commits hang, which is all that this process makes at once
    AtomicInteger hanging = new AtomicInteger();
    SagaDefinition<Job> jobs = jobs(StuckNodeScenario::nothing, StuckNodeScenario::nothing);
    Storage storage =
        WiredStorage.writing(
                inner ->
                    WiredStorage.proxy(
                        UnitOfWork.class,
                        inner,
                        (method, call) -> {
                          if (method.equals("commit") && hanging.get() > 0) {
                            hang();
                          }
                          return call.make();
                        }))
            .apply(storage());
    TechCorp stuck = start(jobs, storage, builder -> builder);
    hanging.set(1);
    Thread alone = new Thread(() -> attempt(stuck, jobs), "commits by itself");
    alone.setDaemon(true);
    alone.start();
    eventually(() -> assertThat(alone.getState()).isEqualTo(Thread.State.WAITING));

    // when, then
    assertThatThrownBy(() -> stuck.sagas().start(jobs, StorageContract.newId(), new Job("late")))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> stuck.inventory().restock(product, 1))
        .isInstanceOf(UnavailableException.class);
  }

  private static void attempt(TechCorp library, SagaDefinition<Job> jobs) {
    try {
      library.sagas().start(jobs, StorageContract.newId(), new Job("alone"));
    } catch (UnavailableException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  @DisplayName("R03: a node whose timers have no turn gives up its lease")
  void aNodeThatCannotScheduleGivesUpItsLease() throws Exception {
    // given: every thread of the timers hangs while a call is under way
    CountDownLatch asked = new CountDownLatch(1);
    SagaDefinition<Job> jobs =
        jobs(
            () -> {
              asked.countDown();
              hang();
            },
            StuckNodeScenario::nothing);
    HungTimers threads = new HungTimers();
    TechCorp stuck = start(jobs, storage(), builder -> builder.threads(threads));
    UUID id = StorageContract.newId();
    stuck.sagas().start(jobs, id, new Job("one"));
    await(asked);

    // when
    threads.hangTimers(this::hang);
    SagaDefinition<Job> working = jobs(StuckNodeScenario::nothing, StuckNodeScenario::nothing);
    TechCorp other = start(working);

    // then
    assertThat(outcome(other, working, id).failure()).isNull();
    assertThat(stuck.health().status()).isEqualTo(HealthStatus.DOWN);
    assertThat(stuck.health().findings())
        .extracting(Finding::code)
        .contains("LEASE_LOST", "TIMERS_LATE");
    assertDone(1);

    // when
    released.countDown();

    // then
    eventually(() -> assertThat(stuck.health().status()).isEqualTo(HealthStatus.UP));
  }

  /** Threads whose engine timer can be made to stand still. */
  private static final class HungTimers implements com.techcorp.concurrent.Threads {
    private final OwnThreads own = new OwnThreads();
    private final List<ScheduledExecutorService> timers = new ArrayList<>();

    void hangTimers(Runnable hang) {
      for (ScheduledExecutorService timer : timers) {
        int threads = ((ScheduledThreadPoolExecutor) timer).getCorePoolSize();
        for (int i = 0; i < threads; i++) {
          timer.execute(hang);
        }
      }
    }

    @Override
    public ScheduledExecutorService timer(String name, int threads) {
      ScheduledExecutorService timer = own.timer(name, threads);
      if (name.equals("techcorp-timer")) {
        timers.add(timer);
      }
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
}
