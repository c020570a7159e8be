package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.error.Failure;
import com.techcorp.examples.features.TripSaga.Trip;
import com.techcorp.examples.features.TripSaga.TripNote;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.testkit.SimulatedGateway;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A saga of the host's own, beside the order's: register it, start it, wait for its outcome. */
final class OwnSaga {
  private OwnSaga() {}

  // tag::writer[]
  static final EffectWriter<TripNote> NOTES =
      EffectWriter.of(
          TripNote.class,
          "insert into trip_notes (trip, what) select * from unnest(?::uuid[], ?::text[])",
          TripNote::trip,
          TripNote::what);

  // end::writer[]

  /** Books one trip; gives the lines of the host's table. */
  static List<String> run(ExampleShop shop, TripServices services) throws Exception {
    shop.execute(
        "create table trip_notes (n bigint generated always as identity, trip uuid, what text)");
    // tag::start[]
    PostgresStorage storage =
        PostgresStorage.builder(shop.dataSource())
            .schemas(ExampleShop.SCHEMAS)
            .writer(NOTES)
            .build();
    SagaDefinition<Trip> trips = TripSaga.definition(services, services);
    try (TechCorp library = shop.wired(storage, SimulatedGateway.approving()).saga(trips).start()) {
      Trip trip = new Trip(UUID.randomUUID(), "Ana", "tok_visa", null);
      SagaOutcome outcome = library.sagas().start(trips, trip.id(), trip).join();
      @Nullable Failure failure = outcome.failure();
      System.out.println(failure == null ? "booked" : "not booked: " + failure.message());
    }
    // end::start[]
    return shop.texts("select what from trip_notes order by n");
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      run(shop, new TripServices().withFullHotel()).forEach(System.out::println);
    }
  }
}
