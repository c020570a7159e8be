package com.techcorp.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.TechCorp;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.StepResult;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import com.techcorp.testkit.fault.CrashSweep.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sweep finds what is wrong, and nothing where nothing is. */
class CrashSweepTest {
  record Parcel(String to) {}

  /** Somebody else's service. */
  interface Courier {
    void collect(String key);
  }

  /** Counts each call, or only each key. */
  private static final class Depot implements Courier {
    private final boolean folds;
    private final List<String> collected = new ArrayList<>();

    Depot(boolean folds) {
      this.folds = folds;
    }

    @Override
    public void collect(String key) {
      if (!folds || !collected.contains(key)) {
        collected.add(key);
      }
    }
  }

  static final class Delivery implements CrashScenario {
    private final SteppedClock clock = SteppedClock.create();
    private final MemoryStorage storage = MemoryStorage.create(clock);
    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final Depot depot;
    private SagaDefinition<Parcel> parcels = parcels(key -> {});

    Delivery(boolean folds) {
      depot = new Depot(folds);
    }

    @Override
    public SteppedClock clock() {
      return clock;
    }

    private static SagaDefinition<Parcel> parcels(Courier courier) {
      return SagaDefinition.named("parcel", Parcel.class)
          .step(LocalStep.named("pack", parcel -> List.of()))
          .step(
              RemoteStep.<Parcel>named("collect", (parcel, call) -> collect(courier, parcel, call))
                  .callTimeout(Duration.ofSeconds(5)))
          .build();
    }

    private static StepResult<Parcel> collect(
        Courier courier, Parcel parcel, RemoteCall.Context call) {
      courier.collect(call.idempotencyKey());
      return StepResult.done(parcel);
    }

    @Override
    public TechCorp start(SteppedThreads threads, Faults faults) {
      parcels = parcels(faults.around(Courier.class, depot));
      return TechCorp.builder()
          .threads(threads)
          .storage(faults.around(storage))
          .payments(SimulatedGateway.approving())
          .carts(new MemoryCarts())
          .catalog(new MemoryCatalog())
          .customers(new MemoryCustomers())
          .saga(parcels)
          .start();
    }

    @Override
    public void act(TechCorp process, SteppedThreads threads) {
      try {
        process.sagas().start(parcels, id, new Parcel("Ana"));
      } catch (IllegalTransitionException e) {
        assertThat(e).hasMessageContaining(id.toString()); // it is there from before
      }
    }

    @Override
    public boolean settled() {
      return storage.journal().list(SagaFilter.all(1)).isEmpty();
    }

    @Override
    public void verify() {
      assertThat(depot.collected).as("parcels collected").hasSize(1);
    }
  }

  @Test
  void findsNothingWhereCallsAreIdempotent() {
    // given
    CrashSweep sweep = CrashSweep.of(() -> new Delivery(true)).clientsGiveUp();

    // when
    List<Point> points = sweep.points();

    // then
    assertThat(points).extracting(point -> point.crossing().call()).contains("Courier.collect");
    points.stream().filter(CrashSweepTest::afterTheBeginning).forEach(sweep::play);
  }

  @Test
  void findsTheCallThatIsMadeTwice() {
    // given
    CrashSweep sweep = CrashSweep.of(() -> new Delivery(false)).clientsGiveUp();
    Point afterTheCall =
        sweep.points().stream()
            .filter(point -> point.crossing().call().equals("Courier.collect"))
            .filter(point -> point.fault() == Fault.STOP_AFTER)
            .findFirst()
            .orElseThrow();

    // then
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> sweep.play(afterTheCall))
        .withMessageContaining("STOP_AFTER")
        .withMessageContaining("Courier.collect")
        .withMessageContaining("parcels collected");
  }

  /** Before the saga is durable a stop leaves nothing, and this client does not come back. */
  private static boolean afterTheBeginning(Point point) {
    return point.crossing().version() > 1;
  }
}
