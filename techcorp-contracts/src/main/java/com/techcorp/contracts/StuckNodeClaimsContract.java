package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaJournal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process claims a saga and cannot take it up, or takes it up too late. */
public abstract class StuckNodeClaimsContract extends StuckNodeScenario {
  /** For subclasses. */
  protected StuckNodeClaimsContract() {}

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
}
