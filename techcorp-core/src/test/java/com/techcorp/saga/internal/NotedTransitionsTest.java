package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.NO;
import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.journalled;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a step notes of its call before it is made; see {@link Trips} for the saga. */
class NotedTransitionsTest {
  private static RemoteStep<Trip> counting() {
    return pay().noting((trip, call) -> new Trip(trip.seat() + call.attempt(), call.undecided()));
  }

  private static Transition<Trip> noted(LiveSaga<Trip> saga) {
    return TRANSITIONS.noted(
        saga,
        new RemoteCall.Context(
            saga.id(), "key", saga.attempt() + 1, Duration.ZERO, saga.undecided()));
  }

  @Test
  void whatAStepNotesOfItsCallIsWrittenBeforeIt() {
    Transition<Trip> note = noted(paying(counting()).tried(1, true, "lost"));

    assertThat(journalled(note).data()).contains("12A2");
    assertThat(journalled(note).undecided()).isTrue();
    assertThat(journalled(note).runIn()).as("it stays with this node").isNull();
    assertThat(note.next().data()).isEqualTo(new Trip("12A2", true));
    assertThat(note.then()).isEqualTo(Then.SEND);
  }

  @Test
  void aNoteThatChangesNothingCostsNoWrite() {
    Transition<Trip> note = noted(paying(pay().noting((trip, call) -> trip)));

    assertThat(note.effects()).isEmpty();
    assertThat(note.then()).isEqualTo(Then.SEND);
  }

  @Test
  void aSagaThatWasStoppedDoesNotMakeItsFirstCall() {
    Transition<Trip> end = noted(paying(counting()).failing(NO));

    assertThat(business(end)).containsExactly("not sent", "unbooked DECLINED");
  }
}
