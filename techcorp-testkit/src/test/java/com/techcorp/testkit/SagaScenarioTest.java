package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trip: requested, flown, and undone again; as a host would tell it. */
class SagaScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicInteger bookings = new AtomicInteger();
  private StepResult<Trip> airline = StepResult.retry("closed");
  private StepResult<Trip> giveBack = StepResult.done(new Trip("Ana"));
  private StepResult<Trip> hotel = StepResult.done(new Trip("Ana"));

  private final SagaScenario<Trip> trip = SagaScenario.of(trips()).writing(Note.class);

  record Trip(String traveller) {}

  record Note(String what) implements Effect {}

  private SagaDefinition<Trip> trips() {
    RetryPolicy eachSecond = RetryPolicy.every(SECOND, 3);
    return SagaDefinition.named("trip", Trip.class)
        .step(
            LocalStep.<Trip>named("request", t -> List.of(new Note("requested")))
                .compensatedBy((t, why) -> List.of(new Note("withdrawn: " + why.code()))))
        .step(
            RemoteStep.<Trip>named(
                    "fly",
                    (t, call) -> {
                      bookings.incrementAndGet();
                      return airline;
                    })
                .undoneBy((t, call) -> giveBack)
                .compensatedBy((t, why) -> List.of(new Note("flight given back")))
                .retrying(eachSecond)
                .thenPark())
        .step(RemoteStep.<Trip>named("sleep", (t, call) -> hotel).retrying(eachSecond))
        .build();
  }

  @AfterEach
  void close() {
    trip.close();
  }

  @Test
  void waitsForAnAnswerAndGoesOn() {
    trip.given(new Trip("Ana"))
        .expectWritten(new Note("requested"))
        .expectWaitingAt("fly")
        .andGiven(() -> airline = StepResult.done(new Trip("Ana"), new Note("booked")))
        .andGivenTime(SECOND)
        .expectWritten(new Note("booked"))
        .expectCompleted();
  }

  @Test
  void goesBackWhenALaterStepRefuses() {
    airline = StepResult.done(new Trip("Ana"));
    hotel = StepResult.rejected(Failure.of("FULL", "no room"));
    giveBack = StepResult.retry("closed at night");
    trip.given(new Trip("Ana"))
        .expectCompensatingAt("fly")
        .andGiven(() -> giveBack = StepResult.done(new Trip("Ana")))
        .andGivenTime(SECOND)
        .expectWritten(
            new Note("requested"), new Note("flight given back"), new Note("withdrawn: FULL"))
        .expectCompensated("FULL");
  }

  @Test
  void parksWhenItsBudgetIsSpentAndGoesOnWhenAnOperatorSaysSo() {
    trip.given(new Trip("Ana"))
        .andGivenTime(Duration.ofSeconds(10))
        .expectParkedAt("fly", "closed")
        .andGiven(() -> airline = StepResult.done(new Trip("Ana")))
        .andGivenTime(Duration.ofMinutes(1))
        .expectParkedAt("fly", "closed")
        .andGivenRetried()
        .expectCompleted();
  }

  @Test
  void stopsWhenAsked() {
    trip.given(new Trip("Ana"))
        .expectWaitingAt("fly")
        .andGivenCancelled("changed plans")
        .expectWritten(new Note("requested"), new Note("withdrawn: " + Failure.CANCELLED))
        .expectCompensated(Failure.CANCELLED);
  }

  @Test
  void survivesItsProcess() {
    airline = StepResult.unknown("the line broke");
    trip.given(new Trip("Ana"))
        .expectWaitingAt("fly")
        .andGiven(() -> airline = StepResult.done(new Trip("Ana")))
        .andGivenStop()
        .expectCompleted();
  }

  @Test
  void saysWhatIsOtherwise() {
    trip.given(new Trip("Ana"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(trip::expectCompleted)
        .withMessageContaining("outcome");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> trip.expectWritten(new Note("flown")))
        .withMessageContaining("requested");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> trip.expectWaitingAt("sleep"))
        .withMessageContaining("fly");
  }
}
