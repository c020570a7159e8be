package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.StepResult;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

/** Several processes on one storage, with jobs whose calls and commits a test can hang. */
public abstract class StuckNodeScenario extends Contract<StorageUnderTest> {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  static final Duration HOLD_CAP = Duration.ofMinutes(15);

  final CountDownLatch released = new CountDownLatch(1);
  final List<TechCorp> running = new ArrayList<>();
  final AtomicInteger calls = new AtomicInteger();
  final UUID product = StorageContract.newId();

  /** Long where a node must not lose it however busy the machine is. */
  Duration lease = Duration.ofSeconds(2);

  Duration callTimeout = Duration.ofSeconds(20);

  /** For subclasses. */
  protected StuckNodeScenario() {}

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

  final Storage storage() {
    return adapter().storage();
  }

  final TechCorp start(
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

  final TechCorp start(SagaDefinition<Job> jobs) {
    return start(jobs, storage(), builder -> builder);
  }

  /** Asks elsewhere, and writes down once that it is done. */
  final SagaDefinition<Job> jobs(Runnable inTheCall, Runnable afterTheCall) {
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

  final void hang() {
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

  static void nothing() {}

  static void eventually(ThrowingRunnable then) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .untilAsserted(then);
  }

  static SagaOutcome outcome(TechCorp library, SagaDefinition<Job> jobs, UUID id) throws Exception {
    return library.sagas().outcome(jobs, id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  final void assertDone(long times) {
    assertThat(storage().stock().levels(List.of(product)))
        .containsEntry(product, new StockLevel(product, times, 0));
  }

  final EngineOptions options() {
    return EngineOptions.DEFAULT.withLease(lease).withPlaceTimeout(Duration.ofSeconds(5));
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
