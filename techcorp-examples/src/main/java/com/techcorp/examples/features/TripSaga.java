package com.techcorp.examples.features;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A saga of the host's own: books a flight and a room, and cancels the flight if there is none. */
final class TripSaga {
  private TripSaga() {}

  // tag::data[]
  /** What the saga knows. A step gets it, and may return a changed copy. */
  record Trip(UUID id, String traveller, String cardToken, @Nullable String flight) {
    Trip withFlight(String number) {
      return new Trip(id, traveller, cardToken, number);
    }
  }

  /** What local steps write: a line in a table of the host's own. */
  record TripNote(UUID trip, String what) implements Effect {}

  // end::data[]

  // tag::definition[]
  static SagaDefinition<Trip> definition(Airline airline, Hotel hotel) {
    return SagaDefinition.named("trip", Trip.class)
        .secrets(trip -> List.of(trip.cardToken()))
        .step(
            LocalStep.<Trip>named("request", trip -> note(trip, "requested"))
                .compensatedBy((trip, why) -> note(trip, "cancelled: " + why.code())))
        .step(flight(airline))
        .step(room(hotel))
        .step(LocalStep.named("confirm", trip -> note(trip, "booked")))
        .build();
  }

  private static List<Effect> note(Trip trip, String what) {
    return List.of(new TripNote(trip.id(), what));
  }

  // end::definition[]

  // tag::remote[]
  private static RemoteStep<Trip> flight(Airline airline) {
    return RemoteStep.<Trip>named(
            "flight",
            (trip, call) -> // an IOException means: it may have been booked
            StepResult.done(
                    trip.withFlight(
                        airline.bookFlight(
                            call.idempotencyKey(), trip.traveller(), trip.cardToken()))))
        .asking( // what became of it, before it is sent again
            (trip, call) ->
                airline
                    .findFlight(call.idempotencyKey())
                    .map(flight -> StepResult.done(trip.withFlight(flight)))
                    .orElseGet(() -> StepResult.retry("the airline did not get it")))
        .undoneBy( // when a later step is refused
            (trip, call) -> {
              airline.cancelFlight(Objects.requireNonNull(trip.flight(), "flight"));
              return StepResult.done(trip);
            })
        .calling("airline")
        .callTimeout(Duration.ofSeconds(10))
        .retrying(RetryPolicy.doubling(Duration.ofMillis(200), Duration.ofSeconds(30), 20));
  }

  // end::remote[]

  // tag::refusal[]
  private static RemoteStep<Trip> room(Hotel hotel) {
    return RemoteStep.<Trip>named(
        "room", // without asking(…) an unanswered call is repeated, with the same key
        (trip, call) ->
            hotel.bookRoom(call.idempotencyKey(), trip.traveller())
                ? StepResult.done(trip)
                : StepResult.rejected(Failure.of("NO_ROOM", "the hotel is full")));
  }
  // end::refusal[]
}
