package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.PAID;
import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.paying;
import static com.techcorp.saga.internal.Trips.refundable;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.Signal;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that a saga does not have; see {@link Trips} for the saga. */
class SkippedTransitionsTest {
  private static RemoteStep<Trip> onlyOnce() {
    return refundable().onlyIf(trip -> !trip.paid());
  }

  @Test
  void aStepThatASagaDoesNotHaveIsLeftOutAndItsNeighboursShareOneWrite() {
    Transition<Trip> end =
        TRANSITIONS.begin(LiveSaga.fresh(Trips.trip(onlyOnce()), Trips.ID, PAID));

    assertThat(business(end)).containsExactly("booked", "issued");
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aStepThatASagaDoesNotHaveIsNotUndone() {
    LiveSaga<Trip> before = LiveSaga.fresh(Trips.trip(onlyOnce()), Trips.ID, PAID);
    Transition<Trip> end = TRANSITIONS.begin(before);

    Transition<Trip> back = TRANSITIONS.refused(end, before, 1, Failure.of("FULL", "no ticket"));

    assertThat(business(back)).containsExactly("booked", "unbooked FULL");
    assertThat(back.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aSagaThatWasBegunAtAStepThatItDoesNotHaveStepsOverIt() {
    LiveSaga<Trip> standing = paying(onlyOnce()).data(PAID);

    assertThat(business(TRANSITIONS.resume(standing, List.of()))).containsExactly("issued");
    assertThat(business(TRANSITIONS.resume(standing, Trips.signal(Signal.Kind.FORCE_COMPLETE))))
        .containsExactly("issued");
    assertThat(business(TRANSITIONS.resume(standing, Trips.signal(Signal.Kind.CANCEL))))
        .containsExactly("unbooked " + Failure.CANCELLED);
  }
}
