package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.NO;
import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.bounded;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.deadlinePassed;
import static com.techcorp.saga.internal.Trips.fresh;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static com.techcorp.saga.internal.Trips.refundable;
import static com.techcorp.saga.internal.Trips.refunding;
import static com.techcorp.saga.internal.Trips.signal;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A saga that was claimed, with what was asked of it meanwhile; see {@link Trips}. */
class ResumedTransitionsTest {
  @Test
  void aClaimedSagaMakesItsCallAgain() {
    Transition<Trip> next = TRANSITIONS.resume(paying(pay()).tried(1, true, null), List.of());

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.CALL);
  }

  @Test
  void aClaimedSagaWhoseCallSurelyWasNotSentSimplyMakesIt() {
    Transition<Trip> next = TRANSITIONS.resume(paying(pay()).tried(1, false, "503"), List.of());

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.CALL);
  }

  @Test
  void aClaimedSagaAtALocalStepGoesForward() {
    Transition<Trip> next = TRANSITIONS.resume(fresh(pay()), List.of());

    assertThat(business(next)).containsExactly("booked", "intent");
    assertThat(next.then()).isEqualTo(Then.CALL);
  }

  @Test
  void aClaimedSagaAtALocalStepThatWasCancelledGoesBackFromTheStepBefore() {
    LiveSaga<Trip> issuing = paying(pay()).at(2, SagaState.RUNNING);

    Transition<Trip> end = TRANSITIONS.resume(issuing, signal(Signal.Kind.CANCEL));

    assertThat(business(end)).containsExactly("refund", "unbooked " + Failure.CANCELLED);
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aClaimedSagaWhoseTimeIsOverAndThatSentNothingGoesBack() {
    Transition<Trip> end = TRANSITIONS.resume(deadlinePassed(paying(bounded())), List.of());

    assertThat(business(end)).containsExactly("not sent", "unbooked " + Failure.EXPIRED);
  }

  @Test
  void theWishToStopNamesWhoWishedItAndWhy() {
    Transition<Trip> next =
        TRANSITIONS.resume(
            paying(pay()).tried(1, true, "timed out"), signal(Signal.Kind.COMPENSATE));

    assertThat(next.next().failure())
        .isEqualTo(new Failure(Failure.CANCELLED, "why", Map.of("detail", "why", "actor", "ada")));
  }

  @Test
  void aCompensationInterruptedByACrashMakesItsCallAgain() {
    Transition<Trip> next = TRANSITIONS.resume(refunding(refundable()), List.of());

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.UNDO);
  }

  @Test
  void aCompensationWithoutACallOfItsOwnIsWrittenAtOnce() {
    Transition<Trip> end = TRANSITIONS.resume(refunding(pay()), List.of());

    assertThat(business(end)).containsExactly("refund", "unbooked DECLINED");
    assertThat(end.next().failure()).isEqualTo(NO);
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aCompensationAtALocalStepGoesOnBack() {
    LiveSaga<Trip> unbooking = refunding(pay()).at(0, SagaState.COMPENSATING);

    assertThat(business(TRANSITIONS.resume(unbooking, List.of())))
        .containsExactly("unbooked DECLINED");
  }

  @Test
  void aCompensationWhoseReasonWasNotRecordedSaysSo() {
    Transition<Trip> end = TRANSITIONS.resume(refunding(pay()).failing(null), List.of());

    assertThat(business(end)).containsExactly("refund", "unbooked UNKNOWN");
  }

  @Test
  void aSecondWishToStopDoesNotChangeTheReasonAndGivesAFreshBudget() {
    LiveSaga<Trip> tired = refunding(refundable()).tried(2, true, "503");

    Transition<Trip> next = TRANSITIONS.resume(tired, signal(Signal.Kind.CANCEL));

    assertThat(next.next().failure()).isEqualTo(NO);
    assertThat(next.next().attempt()).isZero();
    assertThat(next.then()).isEqualTo(Then.UNDO);
  }

  @Test
  void forceCompleteOfACompensationTakesItsCallAsDone() {
    Transition<Trip> end =
        TRANSITIONS.resume(refunding(refundable()), signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(business(end)).containsExactly("unbooked DECLINED");
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void forceCompleteOfACompensationWithoutAReasonStillGoesBack() {
    Transition<Trip> end =
        TRANSITIONS.resume(
            refunding(refundable()).failing(null), signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(business(end)).containsExactly("unbooked UNKNOWN");
  }

  @Test
  void forceCompleteLetsTheStepVerifyWhatWasDoneByHand() {
    LiveSaga<Trip> stuck =
        paying(pay().forcedBy((trip, call) -> StepResult.done(trip))).tried(3, true, "timed out");

    Transition<Trip> next = TRANSITIONS.resume(stuck, signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.FORCE);
  }

  @Test
  void forceCompleteAtALocalStepRunsItWithItsGuards() {
    Transition<Trip> next = TRANSITIONS.resume(fresh(pay()), signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(business(next)).containsExactly("booked", "intent");
    assertThat(next.then()).isEqualTo(Then.CALL);
  }

  @Test
  void forceCompleteOverridesTheWishToStop() {
    LiveSaga<Trip> wished = paying(pay()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    Transition<Trip> end = TRANSITIONS.resume(wished, signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(business(end)).containsExactly("issued");
    assertThat(end.next().failure()).isNull();
  }

  @Test
  void aRetryWithTheWishToStopAsksFirstWhatBecameOfTheCall() {
    Failure wish = Failure.of(Failure.CANCELLED, "changed my mind");
    LiveSaga<Trip> wished = paying(pay()).tried(3, true, "timed out").failing(wish);

    Transition<Trip> next = TRANSITIONS.resume(wished, signal(Signal.Kind.RETRY));

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.CALL);
    assertThat(next.next().failure()).isEqualTo(wish);
  }

  @Test
  void aCancellationAfterAForceIsNotOverriddenByIt() {
    LiveSaga<Trip> stuck = paying(pay()).tried(3, true, "timed out");

    Transition<Trip> end =
        TRANSITIONS.resume(
            stuck,
            List.of(
                new Signal(Signal.Kind.FORCE_COMPLETE, "it is paid", "olga"),
                new Signal(Signal.Kind.CANCEL, "changed my mind", "ada")));

    assertThat(business(end)).containsExactly("refund", "unbooked " + Failure.CANCELLED);
    assertThat(end.next().signals()).isEqualTo(2);
  }

  @Test
  void aCancellationAfterAForceAtALocalStepGoesBackFromTheStepBefore() {
    Transition<Trip> end =
        TRANSITIONS.resume(
            paying(pay()).at(2, SagaState.RUNNING),
            List.of(
                new Signal(Signal.Kind.FORCE_COMPLETE, "go on", "olga"),
                new Signal(Signal.Kind.CANCEL, "changed my mind", "ada")));

    assertThat(business(end)).containsExactly("refund", "unbooked " + Failure.CANCELLED);
  }

  @Test
  void aForceDuringACallIsHeededUnlessTheCallIsDecided() {
    LiveSaga<Trip> asked = paying(pay());
    List<Signal> force = signal(Signal.Kind.FORCE_COMPLETE);

    Transition<Trip> undecided =
        TRANSITIONS.heeding(
            asked, force, saga -> TRANSITIONS.answered(saga, StepResult.unknown("timed out")));
    Transition<Trip> declined =
        TRANSITIONS.heeding(
            asked, force, saga -> TRANSITIONS.answered(saga, StepResult.rejected(NO)));

    assertThat(business(undecided)).containsExactly("issued");
    assertThat(business(declined)).containsExactly("unbooked DECLINED");
    assertThat(declined.next().signals()).isEqualTo(1);
  }

  @Test
  void aCancelledSagaThatSurelySentNothingGoesBackWithoutACall() {
    Transition<Trip> end = TRANSITIONS.resume(paying(pay()), signal(Signal.Kind.CANCEL));

    assertThat(business(end)).containsExactly("not sent", "unbooked " + Failure.CANCELLED);
    assertThat(end.next().signals()).isEqualTo(1);
  }

  @Test
  void aCancelledSagaThatMayHaveSentItAsksFirst() {
    Transition<Trip> next =
        TRANSITIONS.resume(paying(pay()).tried(1, true, null), signal(Signal.Kind.CANCEL));

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.CALL);
    assertThat(next.next().failure()).isNotNull();
  }

  @Test
  void forceCompleteTakesTheCallAsDoneAndGoesOn() {
    Transition<Trip> end =
        TRANSITIONS.resume(
            paying(pay()).tried(3, true, "timed out"), signal(Signal.Kind.FORCE_COMPLETE));

    assertThat(business(end)).containsExactly("issued");
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aRetrySignalGivesAFreshBudget() {
    Transition<Trip> next =
        TRANSITIONS.resume(paying(pay()).tried(3, true, "timed out"), signal(Signal.Kind.RETRY));

    assertThat(next.next().attempt()).isZero();
    assertThat(next.then()).isEqualTo(Then.CALL);
  }

  @Test
  void anAnswerHasTheWaitingCallMadeNow() {
    LiveSaga<Trip> waiting = paying(pay()).tried(3, true, "no answer yet");

    Transition<Trip> next = TRANSITIONS.resume(waiting, signal(Signal.Kind.ANSWER));

    assertThat(next.then()).isEqualTo(Then.CALL);
    assertThat(next.next().attempt()).isZero();
    assertThat(next.next().failure()).isNull();
  }
}
