package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.ID;
import static com.techcorp.saga.internal.Trips.NO;
import static com.techcorp.saga.internal.Trips.PAID;
import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.UNPAID;
import static com.techcorp.saga.internal.Trips.book;
import static com.techcorp.saga.internal.Trips.bounded;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.fresh;
import static com.techcorp.saga.internal.Trips.journalled;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static com.techcorp.saga.internal.Trips.wrote;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import com.techcorp.saga.internal.Trips.Wrote;
import com.techcorp.saga.spi.SagaEffect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Forward, and what the answer of a call leads to; see {@link Trips} for the saga. */
class TransitionsTest {
  @Test
  void goesForwardToTheFirstRemoteStepInOneWrite() {
    Transition<Trip> first = TRANSITIONS.begin(fresh(pay()));

    assertThat(business(first)).containsExactly("booked", "intent");
    assertThat(journalled(first).step()).isEqualTo("pay");
    assertThat(journalled(first).undecided()).as("a crash after this may have sent it").isTrue();
    assertThat(first.next().undecided()).as("this process knows it has not").isFalse();
    assertThat(first.then()).isEqualTo(Then.CALL);
  }

  @Test
  void anAnswerAndWhatFollowsShareOneWriteThatEndsTheSaga() {
    Transition<Trip> end =
        TRANSITIONS.answered(paying(pay()), StepResult.done(PAID, new Wrote("paid")));

    assertThat(business(end)).containsExactly("paid", "issued");
    assertThat(end.effects()).last().isInstanceOf(SagaEffect.Finish.class);
    assertThat(end.then()).isEqualTo(Then.FINISH);
    assertThat(end.next().failure()).isNull();
  }

  @Test
  void aRejectionCompensatesWhatCameBeforeAndNotTheStepItself() {
    Transition<Trip> end =
        TRANSITIONS.answered(paying(pay()), StepResult.rejected(NO, new Wrote("declined")));

    assertThat(business(end)).containsExactly("declined", "unbooked DECLINED");
    assertThat(end.then()).isEqualTo(Then.FINISH);
    assertThat(end.next().failure()).isEqualTo(NO);
  }

  @Test
  void aRefusedLocalStepKeepsWhatStandsBeforeItAndCompensatesInTheSameWrite() {
    LiveSaga<Trip> before = paying(pay());
    Transition<Trip> end = TRANSITIONS.answered(before, StepResult.done(PAID, new Wrote("paid")));

    Transition<Trip> back = TRANSITIONS.refused(end, before, 1, Failure.of("FULL", "no ticket"));

    assertThat(business(back)).containsExactly("paid", "refund", "unbooked FULL");
    assertThat(back.next().data().paid()).as("the answer is not forgotten").isTrue();
    assertThat(back.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aStepThatIsKnownToBeRefusedWritesNothingAndIsCompensatedLikeARefusal() {
    // given: it is known that there is no seat
    LocalStep<Trip> seat = LocalStep.<Trip>named("seat", trip -> wrote("seated"));
    SagaDefinition<Trip> definition =
        SagaDefinition.named("trip", Trip.class)
            .step(book())
            .step(seat.unless(trip -> Optional.of(NO)))
            .step(LocalStep.named("issue", trip -> wrote("issued")))
            .historyKeptBy(ids -> Map.<UUID, SagaOutcome>of())
            .build();

    // when
    Transition<Trip> begun = TRANSITIONS.begin(LiveSaga.fresh(definition, ID, UNPAID));

    // then
    assertThat(begun.next().failure()).isEqualTo(NO);
    assertThat(business(begun)).containsExactly("booked", "unbooked DECLINED");
  }

  @Test
  void theFirstStepIsNotAskedWhetherItIsKnownToBeRefused() {
    SagaDefinition<Trip> definition =
        SagaDefinition.named("trip", Trip.class)
            .step(book().unless(trip -> Optional.of(NO)))
            .historyKeptBy(ids -> Map.<UUID, SagaOutcome>of())
            .build();

    Transition<Trip> begun = TRANSITIONS.begin(LiveSaga.fresh(definition, ID, UNPAID));

    assertThat(begun.next().failure()).isNull();
    assertThat(business(begun)).containsExactly("booked");
  }

  @Test
  void anAnswerWhoseOwnEffectIsRefusedIsAskedForAgainAndAtLastParked() {
    LiveSaga<Trip> before = paying(pay());
    Transition<Trip> end =
        TRANSITIONS.answered(before, StepResult.done(before.data(), new Wrote("paid")));

    Transition<Trip> again = TRANSITIONS.refused(end, before, 0, Failure.of("MOVED", "overtaken"));
    Transition<Trip> last =
        TRANSITIONS.refused(end, before.tried(2, false, null), 0, Failure.of("MOVED", "overtaken"));

    assertThat(journalled(again).state()).isEqualTo(SagaState.RUNNING);
    assertThat(journalled(again).undecided()).isTrue();
    assertThat(journalled(last).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(last).lastError()).contains("MOVED");
    assertThat(journalled(last).undecided()).as("asked for before it is sent again").isTrue();
  }

  @Test
  void aSagaThatIsParkedOnItsWayForwardKeepsThatDirectionBesideTheWishToStop() {
    Failure wish = Failure.of(Failure.CANCELLED, "changed my mind");
    LiveSaga<Trip> wished = paying(pay()).tried(2, true, "timed out").failing(wish);

    Transition<Trip> parked = TRANSITIONS.answered(wished, StepResult.unknown("timed out"));

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).failure()).isEqualTo(wish);
    assertThat(journalled(parked).compensating()).as("what became of its call?").isFalse();
  }

  @Test
  void anApprovalThatMeetsTheWishToStopIsRecordedAndTakenBack() {
    LiveSaga<Trip> wished = paying(pay()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    Transition<Trip> end = TRANSITIONS.answered(wished, StepResult.done(PAID, new Wrote("paid")));

    assertThat(business(end)).containsExactly("paid", "refund", "unbooked " + Failure.CANCELLED);
  }

  @Test
  void theStepsTimeToDecideBeginsWithTheWriteBeforeItsCall() {
    assertThat(journalled(TRANSITIONS.begin(fresh(bounded()))).decideWithin())
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(journalled(TRANSITIONS.begin(fresh(pay()))).decideWithin()).isNull();
  }

  @Test
  void aRejectionThatMeetsTheWishToStopEndsForTheWishedReason() {
    Failure wish = Failure.of(Failure.CANCELLED, "changed my mind");

    Transition<Trip> end =
        TRANSITIONS.answered(paying(pay()).failing(wish), StepResult.rejected(NO));

    assertThat(end.next().failure()).isEqualTo(wish);
    assertThat(business(end)).containsExactly("unbooked " + Failure.CANCELLED);
  }

  @Test
  void eachWriteCountsTheRevisionOn() {
    LiveSaga<Trip> first = paying(pay());
    Transition<Trip> wait = TRANSITIONS.answered(first, StepResult.retry("503"));

    assertThat(first.revision()).isEqualTo(1);
    assertThat(((SagaEffect.Advance) wait.effects().get(0)).revision()).isEqualTo(1);
    assertThat(wait.next().revision()).isEqualTo(2);
  }

  @Test
  void aSagaThatCannotGoOnIsParkedWithItsReasonWhereItIs() {
    Transition<Trip> parked = TRANSITIONS.poisoned(paying(pay()), "the step threw");

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).step()).isEqualTo("pay");
    assertThat(journalled(parked).lastError()).isEqualTo("the step threw");
    assertThat(parked.then()).isEqualTo(Then.RELEASE);
  }

  @Test
  void aRefusalOutsideAnyStepOfASagaThatIsLocalSoFarParksIt() {
    LiveSaga<Trip> saga = fresh(pay());

    Transition<Trip> parked = TRANSITIONS.refused(TRANSITIONS.begin(saga), saga, 1, NO);

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).lastError()).isEqualTo("refused: DECLINED no");
  }

  @Test
  void aRefusedFirstStepIsNotCompensatedItself() {
    LiveSaga<Trip> saga = fresh(pay());

    Transition<Trip> back = TRANSITIONS.refused(TRANSITIONS.begin(saga), saga, 0, NO);

    assertThat(business(back)).isEmpty();
    assertThat(back.next().failure()).isEqualTo(NO);
    assertThat(back.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void anAnswerThatNeedsAPersonParksAtOnceAndCountsAsUndecided() {
    Transition<Trip> parked =
        TRANSITIONS.answered(paying(pay()), StepResult.parked("look there", new Wrote("noted")));

    assertThat(business(parked)).containsExactly("noted");
    assertThat(parked.next().state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).undecided()).isTrue();
    assertThat(journalled(parked).lastError()).isEqualTo("look there");
  }
}
