package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.SagaDefinition;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A saga of a process is stuck: it is shown or finished elsewhere, and what only takes its time is
 * left alone.
 */
public abstract class StuckNodeSagasContract extends StuckNodeScenario {
  /** For subclasses. */
  protected StuckNodeSagasContract() {}

  private static long counted(TechCorp library, String counter) {
    return library.health().counters().getOrDefault(counter, 0L);
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
            StuckNodeScenario::nothing,
            () -> {
              hung.incrementAndGet();
              hang();
            });
    SagaDefinition<Job> working = jobs(StuckNodeScenario::nothing, StuckNodeScenario::nothing);
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

  @Test
  void whatIsStuckIsShownWithItsOrder() throws Exception {
    // given
    SagaDefinition<Job> hanging = jobs(StuckNodeScenario::nothing, this::hang);
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
    SagaDefinition<Job> slow = jobs(this::pause, StuckNodeScenario::nothing);
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

  private void pause() {
    try {
      released.await(lease.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
