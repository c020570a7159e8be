package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What two processes on one storage promise when one of them lives and does not work: real threads,
 * real time. What is stuck is finished by the other process, and nothing is done twice.
 */
public abstract class StuckNodeContracts extends ContractSuite<StorageUnderTest> {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration HOLD_CAP = Duration.ofMinutes(15);

  private final CountDownLatch released = new CountDownLatch(1);
  private final List<TechCorp> running = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final UUID product = StorageContract.newId();

  /** Long where a node must not lose it however busy the machine is. */
  private Duration lease = Duration.ofSeconds(2);

  private Duration callTimeout = Duration.ofSeconds(20);

  /** For subclasses. */
  protected StuckNodeContracts() {}

  record Job(String name) {}

  @AfterEach
  final void close() {
    released.countDown();
    try {
      adapter().checkInvariants(false, HOLD_CAP, Set.of());
    } finally {
      running.forEach(TechCorp::close);
    }
  }

  private Storage storage() {
    return adapter().storage();
  }

  private TechCorp start(
      SagaDefinition<Job> jobs, Storage storage, UnaryOperator<TechCorp.Builder> change) {
    EngineOptions engine = options().withPollInterval(Duration.ofMillis(50));
    TechCorp library =
        change
            .apply(
                TechCorp.builder()
                    .storage(storage)
                    .payments(SimulatedGateway.approving())
                    .carts(new MemoryCarts())
                    .catalog(new MemoryCatalog())
                    .customers(new MemoryCustomers())
                    .engine(engine)
                    .saga(jobs))
            .start();
    running.add(library);
    return library;
  }

  private TechCorp start(SagaDefinition<Job> jobs) {
    return start(jobs, storage(), builder -> builder);
  }

  /** Asks elsewhere, and writes down once that it is done. */
  private SagaDefinition<Job> jobs(Runnable inTheCall, Runnable afterTheCall) {
    return SagaDefinition.named("job", Job.class)
        .step(
            RemoteStep.<Job>named(
                    "ask",
                    (job, call) -> {
                      calls.incrementAndGet();
                      inTheCall.run();
                      return StepResult.done(job);
                    })
                .callTimeout(callTimeout))
        .step(
            LocalStep.named(
                "finish",
                job -> {
                  afterTheCall.run();
                  return List.of(new StockEffect.Restock(product, 1, MovementType.RECEIPT));
                }))
        .build();
  }

  private void hang() {
    boolean interrupted = false;
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        interrupted = true; // it ignores that, as a driver may
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void nothing() {}

  private static void eventually(ThrowingRunnable then) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .untilAsserted(then);
  }

  private static SagaOutcome outcome(TechCorp library, SagaDefinition<Job> jobs, UUID id)
      throws Exception {
    return library.sagas().outcome(jobs, id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static long counted(TechCorp library, String counter) {
    return library.health().counters().getOrDefault(counter, 0L);
  }

  private void assertDone(long times) {
    assertThat(storage().stock().levels(List.of(product)))
        .containsEntry(product, new StockLevel(product, times, 0));
  }

  @Test
  @DisplayName("R04: a saga that is stuck in code of the host's is finished by another process")
  void aStuckSagaIsFinishedElsewhere() throws Exception {
    // given: after the call, one process hangs in the host's step
    lease = Duration.ofSeconds(8);
    callTimeout = Duration.ofSeconds(2);
    AtomicInteger hung = new AtomicInteger();
    SagaDefinition<Job> hanging =
        jobs(
            StuckNodeContracts::nothing,
            () -> {
              hung.incrementAndGet();
              hang();
            });
    SagaDefinition<Job> working = jobs(StuckNodeContracts::nothing, StuckNodeContracts::nothing);
    TechCorp stuck =
        start(
            hanging,
            storage(),
            builder ->
                builder.engine(options().withPollInterval(Duration.ofDays(1)))); // takes no more
    UUID id = StorageContract.newId();
    stuck.sagas().start(hanging, id, new Job("one"));
    eventually(() -> assertThat(hung).hasValue(1));

    // when
    TechCorp other = start(working);

    // then: the other one finishes it, the first one lives, and says what is stuck where
    assertThat(outcome(other, working, id).failure()).isNull();
    assertThat(stuck.health().counters()).containsEntry("leases.given-up", 0L);
    assertThat(
            counted(stuck, "sagas.released")
                + counted(stuck, "sagas.released-of-others")
                + counted(other, "sagas.released-of-others"))
        .isPositive();
    assertDone(1);

    // when: it comes back
    released.countDown();

    // then: what it writes is refused
    UUID next = StorageContract.newId();
    other.sagas().start(working, next, new Job("two"));
    assertThat(outcome(other, working, next).failure()).isNull();
    eventually(() -> assertThat(stuck.inFlight()).isZero());
    assertDone(2);
    assertThat(stuck.health().findings()).isEmpty();
  }

  private EngineOptions options() {
    return EngineOptions.DEFAULT.withLease(lease).withPlaceTimeout(Duration.ofSeconds(5));
  }

  @Test
  void whatIsStuckIsShownWithItsOrder() throws Exception {
    // given
    SagaDefinition<Job> hanging = jobs(StuckNodeContracts::nothing, this::hang);
    TechCorp stuck = start(hanging);
    UUID id = StorageContract.newId();
    stuck.sagas().start(hanging, id, new Job("one"));

    // then
    eventually(
        () ->
            assertThat(stuck.health().findings())
                .anySatisfy(
                    found -> {
                      assertThat(found.code()).isEqualTo("SAGA_STUCK");
                      assertThat(found.severity()).isEqualTo(HealthStatus.DEGRADED);
                      assertThat(found.subject()).isEqualTo(id);
                      assertThat(found.what()).contains("ask");
                      assertThat(found.thread()).isNotNull();
                    }));
    assertThat(stuck.health().status()).isEqualTo(HealthStatus.DEGRADED);
    released.countDown();
    assertThat(outcome(stuck, hanging, id).failure()).isNull();
    assertDone(1);
  }

  @Test
  void aCallThatTakesItsTimeIsNotTakenAway() throws Exception {
    // given: a call that takes longer than a lease, within its time-out
    lease = Duration.ofSeconds(8);
    SagaDefinition<Job> slow = jobs(this::pause, StuckNodeContracts::nothing);
    TechCorp first = start(slow);
    TechCorp second = start(slow);
    UUID id = StorageContract.newId();

    // when
    first.sagas().start(slow, id, new Job("slow"));

    // then
    assertThat(outcome(second, slow, id).failure()).isNull();
    assertThat(calls).as("it is asked once").hasValue(1);
    for (TechCorp library : List.of(first, second)) {
      assertThat(library.health().counters())
          .containsEntry("sagas.released", 0L)
          .containsEntry("sagas.released-of-others", 0L)
          .containsEntry("leases.given-up", 0L);
    }
    assertDone(1);
  }

  @Test
  void aSagaThatCannotBeTakenUpIsHandedOverAloneAndCostsNoLease() throws Exception {
    // given: a node that owns one saga, whose call is under way
    lease = Duration.ofSeconds(8);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger unreadable = new AtomicInteger();
    SagaDefinition<Job> jobs =
        SagaDefinition.named("job", Job.class)
            .step(
                RemoteStep.named(
                    "ask",
                    (job, call) -> {
                      if (job.name().equals("waits")) {
                        return calls.incrementAndGet() == 1
                            ? StepResult.retry("not now")
                            : StepResult.done(job);
                      }
                      asked.countDown();
                      hang();
                      return StepResult.done(job);
                    }))
            .step(
                LocalStep.named(
                    "finish",
                    job -> List.of(new StockEffect.Restock(product, 1, MovementType.RECEIPT))))
            .build();
    Storage storage =
        WiredStorage.journal(
                inner ->
                    WiredStorage.proxy(
                        SagaJournal.class,
                        inner,
                        (method, call) -> {
                          if (method.equals("signals") && unreadable.getAndSet(0) > 0) {
                            throw new UnavailableException("the signals could not be read");
                          }
                          return call.make();
                        }))
            .apply(storage());
    TechCorp node = start(jobs, storage, builder -> builder);
    UUID owned = StorageContract.newId();
    node.sagas().start(jobs, owned, new Job("hangs"));
    await(asked);

    // when: another one becomes due by a signal, which cannot be read when it is taken up
    UUID waits = StorageContract.newId();
    node.sagas().start(jobs, waits, new Job("waits"));
    unreadable.set(1);
    storage().journal().signal(waits, new Signal(Signal.Kind.RETRY, "now", "olga"));

    // then: it is taken up again, and the node kept its lease and the other saga
    assertThat(outcome(node, jobs, waits).failure()).isNull();
    assertThat(unreadable).hasValue(0);
    assertThat(node.health().counters())
        .containsEntry("leases.given-up", 0L)
        .containsEntry("sagas.released", 1L);
    released.countDown();
    assertThat(outcome(node, jobs, owned).failure()).isNull();
    assertDone(2);
  }

  @Test
  void aClaimThatComesBackAfterAnotherOneFinishedTheSagaCallsNobody() throws Exception {
    // given: a process whose claim is made, and whose answer is under way for longer than its time
    callTimeout = Duration.ofSeconds(1);
    SagaDefinition<Job> jobs =
        SagaDefinition.named("job", Job.class)
            .step(
                RemoteStep.<Job>named(
                        "ask",
                        (job, call) ->
                            calls.incrementAndGet() == 1
                                ? StepResult.retry("not now")
                                : StepResult.done(job))
                    .callTimeout(callTimeout))
            .step(
                LocalStep.named(
                    "finish",
                    job -> List.of(new StockEffect.Restock(product, 1, MovementType.RECEIPT))))
            .build();
    CountDownLatch cameBack = new CountDownLatch(1);
    AtomicInteger claims = new AtomicInteger();
    Storage storage =
        WiredStorage.journal(
                inner ->
                    WiredStorage.proxy(
                        SagaJournal.class,
                        inner,
                        (method, call) -> {
                          Object answer = call.make();
                          if (method.equals("claimDue")
                              && answer instanceof List<?> claimed
                              && !claimed.isEmpty()
                              && claims.incrementAndGet() == 1) {
                            hang();
                            cameBack.countDown();
                          }
                          return answer;
                        }))
            .apply(storage());
    TechCorp slow = start(jobs, storage, builder -> builder);
    UUID id = StorageContract.newId();
    slow.sagas().start(jobs, id, new Job("one"));
    eventually(() -> assertThat(claims).hasValue(1));

    // when: it is finished meanwhile, and then the claim comes back
    TechCorp other = start(jobs);
    assertThat(outcome(other, jobs, id).failure()).isNull();
    released.countDown();
    await(cameBack);
    eventually(() -> assertThat(slow.inFlight()).isZero());
    slow.close();

    // then
    assertThat(calls).as("the call that was refused and the one that was not").hasValue(2);
    assertDone(1);
  }

  private void pause() {
    try {
      released.await(lease.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

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
            StuckNodeContracts::nothing);
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
    SagaDefinition<Job> working = jobs(StuckNodeContracts::nothing, StuckNodeContracts::nothing);
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

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCallerIsNotKeptWaitingForACommitThatHangs() {
    // given: two commits hang, which is all that this process makes at once
    AtomicInteger hanging = new AtomicInteger();
    SagaDefinition<Job> jobs = jobs(StuckNodeContracts::nothing, StuckNodeContracts::nothing);
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
            StuckNodeContracts::nothing);
    HungTimers threads = new HungTimers();
    TechCorp stuck = start(jobs, storage(), builder -> builder.threads(threads));
    UUID id = StorageContract.newId();
    stuck.sagas().start(jobs, id, new Job("one"));
    await(asked);

    // when
    threads.hangTimers(this::hang);
    SagaDefinition<Job> working = jobs(StuckNodeContracts::nothing, StuckNodeContracts::nothing);
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
