package com.techcorp.examples.features;

import com.techcorp.examples.features.TripSaga.Trip;
import com.techcorp.examples.features.TripSaga.TripNote;
import com.techcorp.testkit.SagaScenario;
import java.time.Duration;
import java.util.UUID;

/** How to test a saga: in memory, on the test's own thread, in a time that passes when told to. */
final class SagaInSteppedTime {
  private SagaInSteppedTime() {}

  /** The airline does not answer for a minute, and the process is killed meanwhile. */
  static TripServices run() {
    // tag::scenario[]
    TripServices services = new TripServices();
    services.airlineAnswers(false);
    Trip ana = new Trip(UUID.randomUUID(), "Ana", "tok_visa", null);
    try (SagaScenario<Trip> trip =
        SagaScenario.of(TripSaga.definition(services, services)).writing(TripNote.class)) {
      trip.given(ana)
          .expectWritten(new TripNote(ana.id(), "requested"))
          .expectWaitingAt("flight")
          .andGivenTime(Duration.ofSeconds(30))
          .expectWaitingAt("flight")
          .andGivenStop() // kill -9; another process takes over when the lease is over
          .andGiven(() -> services.airlineAnswers(true))
          .andGivenTime(Duration.ofMinutes(1)) // takes milliseconds
          .expectWritten(new TripNote(ana.id(), "booked"))
          .expectCompleted();
    }
    // end::scenario[]
    return services;
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(run().flights());
  }
}
