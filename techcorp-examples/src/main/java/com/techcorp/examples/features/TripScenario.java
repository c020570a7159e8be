package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.examples.features.TripSaga.Trip;
import com.techcorp.examples.features.TripSaga.TripNote;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import com.techcorp.testkit.fault.CrashScenario;
import com.techcorp.testkit.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

// tag::scenario[]
/** A world that outlives its processes; each play has a new one. */
final class TripScenario implements CrashScenario {
  private final Trip ana = new Trip(UUID.randomUUID(), "Ana", "tok_visa", null);
  private final TripServices services = new TripServices();
  private final List<String> notes = new ArrayList<>();
  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private SagaDefinition<Trip> trips = TripSaga.definition(services, services);

  TripScenario() {
    storage.handle(
        TripNote.class,
        (note, transaction) -> {
          transaction.onRollback(() -> notes.remove(notes.size() - 1));
          notes.add(note.what());
          return Optional.empty();
        });
  }

  @Override
  public SteppedClock clock() {
    return clock;
  }

  @Override
  public TechCorp start(SteppedThreads threads, Faults faults) {
    trips = // each process calls them through the faults
        TripSaga.definition(
            faults.around(Airline.class, services), faults.around(Hotel.class, services));
    return TechCorp.builder()
        .threads(threads)
        .storage(faults.around(storage))
        .payments(SimulatedGateway.approving())
        .carts(new MemoryCarts())
        .catalog(new MemoryCatalog())
        .customers(new MemoryCustomers())
        .saga(trips)
        .start();
  }

  @Override
  public void act(TechCorp process, SteppedThreads threads) {
    try {
      process.sagas().start(trips, ana.id(), ana);
    } catch (IllegalTransitionException e) {
      // the client's earlier call had started it: nothing is left to do
    }
  }

  @Override
  public boolean settled() {
    return notes.contains("booked");
  }

  @Override
  public void verify() {
    List<Integer> booked = List.of(services.flights().size(), services.rooms().size());
    if (!notes.equals(List.of("requested", "booked")) || !booked.equals(List.of(1, 1))) {
      throw new AssertionError("notes " + notes + ", flights and rooms " + booked);
    }
  }
}
// end::scenario[]
