package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.bounded;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.deadlinePassed;
import static com.techcorp.saga.internal.Trips.journalled;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What becomes of calls that were not sent, or whose answer is not known; see {@link Trips} for the
 * saga.
 */
class UnansweredTransitionsTest {
  @Test
  void anUnsentCallIsTriedAgainWithinItsBudgetThenFailsTheSaga() {
    LiveSaga<Trip> saga = paying(pay());

    Transition<Trip> wait = TRANSITIONS.answered(saga, StepResult.retry("503"));
    Transition<Trip> spent =
        TRANSITIONS.answered(saga.tried(2, false, "503"), StepResult.retry("503"));

    assertThat(journalled(wait).runIn()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(journalled(wait).attempt()).isEqualTo(1);
    assertThat(journalled(wait).undecided()).isFalse();
    assertThat(wait.then()).isEqualTo(Then.RELEASE);
    assertThat(business(spent)).containsExactly("not sent", "unbooked RETRIES_EXHAUSTED");
  }

  @Test
  void anUndecidedCallWithoutALimitIsParkedWhenItsBudgetIsSpent() {
    LiveSaga<Trip> saga = paying(pay());

    Transition<Trip> wait = TRANSITIONS.answered(saga, StepResult.unknown("timed out"));
    Transition<Trip> spent =
        TRANSITIONS.answered(saga.tried(2, true, "timed out"), StepResult.unknown("timed out"));

    assertThat(business(wait)).containsExactly("undecided");
    assertThat(journalled(wait).undecided()).isTrue();
    assertThat(journalled(spent).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(spent).lastError()).contains("timed out");
  }

  @Test
  void onceUndecidedALaterUnsentAttemptDoesNotMakeItDecided() {
    LiveSaga<Trip> undecided = paying(pay()).tried(1, true, "timed out");

    Transition<Trip> wait = TRANSITIONS.answered(undecided, StepResult.retry("503"));

    assertThat(journalled(wait).undecided()).isTrue();
    assertThat(business(wait)).containsExactly("undecided");
  }

  @Test
  void anUndecidedCallIsAbandonedAtItsDeadlineAndWhatCameBeforeCompensated() {
    LiveSaga<Trip> late = deadlinePassed(paying(bounded()).tried(1, true, "timed out"));

    Transition<Trip> end = TRANSITIONS.answered(late, StepResult.unknown("timed out"));

    assertThat(business(end)).containsExactly("undecided", "abandoned EXPIRED", "unbooked EXPIRED");
  }

  @Test
  void anUnsentCallMeetsTheWishToStopAndGoesBack() {
    Failure wish = Failure.of(Failure.CANCELLED, "changed my mind");

    Transition<Trip> end =
        TRANSITIONS.answered(paying(pay()).failing(wish), StepResult.retry("503"));

    assertThat(business(end)).containsExactly("not sent", "unbooked " + Failure.CANCELLED);
    assertThat(end.next().failure()).isEqualTo(wish);
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void anUnsentCallIsParkedWhenItsBudgetIsSpentIfItAsksForThat() {
    LiveSaga<Trip> last = paying(pay().thenPark()).tried(2, false, "503");

    Transition<Trip> parked = TRANSITIONS.answered(last, StepResult.retry("503"));

    assertThat(parked.effects()).hasSize(1);
    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).lastError()).isEqualTo("gave up after 3 attempts: 503");
    assertThat(parked.then()).isEqualTo(Then.RELEASE);
  }

  @Test
  void anUndecidedCallThatCannotBeGivenUpOutlastsTheWishToStop() {
    LiveSaga<Trip> wished = paying(pay()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    Transition<Trip> wait = TRANSITIONS.answered(wished, StepResult.unknown("timed out"));

    assertThat(business(wait)).containsExactly("undecided");
    assertThat(journalled(wait).state()).isEqualTo(SagaState.RUNNING);
    assertThat(wait.then()).isEqualTo(Then.RELEASE);
  }

  @Test
  void anUndecidedCallThatCanBeGivenUpIsNotBeforeItsDeadline() {
    Transition<Trip> wait =
        TRANSITIONS.answered(paying(bounded()), StepResult.unknown("timed out"));

    assertThat(business(wait)).containsExactly("undecided");
    assertThat(journalled(wait).state()).isEqualTo(SagaState.RUNNING);
  }

  @Test
  void anUndecidedCallWithALimitIsAskedForBeyondItsBudgetUntilThen() {
    LiveSaga<Trip> tired = paying(bounded()).tried(9, true, "timed out");

    Transition<Trip> wait = TRANSITIONS.answered(tired, StepResult.unknown("timed out"));

    assertThat(journalled(wait).state()).isEqualTo(SagaState.RUNNING);
    assertThat(journalled(wait).attempt()).isEqualTo(10);
  }

  @Test
  void anUndecidedCallThatCanBeGivenUpButHasNoLimitIsParkedWhenItsBudgetIsSpent() {
    LiveSaga<Trip> tired =
        paying(pay().abandonedBy((trip, why) -> Trips.wrote("abandoned")))
            .tried(2, true, "timed out");

    Transition<Trip> parked = TRANSITIONS.answered(tired, StepResult.unknown("timed out"));

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
  }

  @Test
  void anUndecidedCallWithALimitButNoWayToBeGivenUpIsParkedWhenItsBudgetIsSpent() {
    LiveSaga<Trip> tired =
        paying(pay().decideWithin(trip -> Duration.ofMinutes(30))).tried(2, true, "timed out");

    Transition<Trip> parked = TRANSITIONS.answered(tired, StepResult.unknown("timed out"));

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
  }

  @Test
  void aCallThatWasNeverMadeStaysUnsentAndLeavesTheBudgetsLastAttemptForOneThatIs() {
    LiveSaga<Trip> saga = paying(pay());

    Transition<Trip> first = TRANSITIONS.notMade(saga, "no thread");
    Transition<Trip> later = TRANSITIONS.notMade(saga.tried(2, false, "no thread"), "no thread");

    assertThat(journalled(first).attempt()).isEqualTo(1);
    assertThat(journalled(first).undecided()).as("nothing to ask for").isFalse();
    assertThat(journalled(first).runIn()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(journalled(first).lastError()).isEqualTo("no thread");
    assertThat(business(first)).isEmpty();
    assertThat(journalled(later).attempt()).as("of three").isEqualTo(2);
    assertThat(later.then()).isEqualTo(Then.RELEASE);
  }

  @Test
  void aLookThatWasNotMadeLeavesTheCallUndecided() {
    LiveSaga<Trip> undecided = paying(pay()).tried(1, true, "timed out");

    Transition<Trip> wait = TRANSITIONS.notMade(undecided, "no thread");

    assertThat(journalled(wait).undecided()).isTrue();
    assertThat(journalled(wait).state()).isEqualTo(SagaState.RUNNING);
  }

  @Test
  void atItsDeadlineACallThatCannotBeMadeIsGivenUpAllTheSame() {
    LiveSaga<Trip> unsent = deadlinePassed(paying(bounded()));
    LiveSaga<Trip> undecided = deadlinePassed(paying(bounded()).tried(1, true, "timed out"));

    Transition<Trip> never = TRANSITIONS.notMade(unsent, "no thread");
    Transition<Trip> abandoned = TRANSITIONS.notMade(undecided, "no thread");

    assertThat(business(never)).containsExactly("not sent", "unbooked EXPIRED");
    assertThat(business(abandoned)).containsExactly("abandoned EXPIRED", "unbooked EXPIRED");
    assertThat(abandoned.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void theWishToStopEndsACallThatWasNeverMade() {
    LiveSaga<Trip> wished = paying(pay()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    assertThat(business(TRANSITIONS.notMade(wished, "no thread")))
        .containsExactly("not sent", "unbooked " + Failure.CANCELLED);
  }
}
