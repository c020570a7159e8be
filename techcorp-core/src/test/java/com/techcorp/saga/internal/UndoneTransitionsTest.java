package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.NO;
import static com.techcorp.saga.internal.Trips.PAID;
import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.business;
import static com.techcorp.saga.internal.Trips.journalled;
import static com.techcorp.saga.internal.Trips.paying;
import static com.techcorp.saga.internal.Trips.refundable;
import static com.techcorp.saga.internal.Trips.refunding;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.internal.Trips.Trip;
import com.techcorp.saga.internal.Trips.Wrote;
import org.junit.jupiter.api.Test;

/** A compensation by a call, and what each of its answers leads to; see {@link Trips}. */
class UndoneTransitionsTest {
  @Test
  void aRemoteCompensationIsJournalledBeforeItsCallAndParkedWhenItIsRefused() {
    LiveSaga<Trip> saga = paying(refundable());
    Transition<Trip> end = TRANSITIONS.answered(saga, StepResult.done(PAID, new Wrote("paid")));

    Transition<Trip> back = TRANSITIONS.refused(end, saga, 1, NO);
    Transition<Trip> done = TRANSITIONS.undone(back.next(), StepResult.done(saga.data()));
    Transition<Trip> refused = TRANSITIONS.undone(back.next(), StepResult.rejected(NO));

    assertThat(back.then()).isEqualTo(Then.UNDO);
    assertThat(journalled(back).state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(business(done)).containsExactly("unbooked DECLINED");
    assertThat(done.then()).isEqualTo(Then.FINISH);
    assertThat(journalled(refused).state()).isEqualTo(SagaState.PARKED);
  }

  @Test
  void aWishToStopThatMeetsAnApprovalUndoesItByItsCall() {
    LiveSaga<Trip> wished =
        paying(refundable()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    Transition<Trip> back = TRANSITIONS.answered(wished, StepResult.done(PAID, new Wrote("paid")));

    assertThat(business(back)).containsExactly("paid", "refund");
    assertThat(journalled(back).state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(journalled(back).decideWithin()).isNull();
    assertThat(back.then()).isEqualTo(Then.UNDO);
  }

  @Test
  void whatTheUndoingCallToldIsKeptAndWritten() {
    Transition<Trip> end =
        TRANSITIONS.undone(
            refunding(refundable()), StepResult.done(Trips.UNPAID, new Wrote("refunded")));

    assertThat(business(end)).containsExactly("refunded", "unbooked DECLINED");
    assertThat(end.next().data()).isEqualTo(Trips.UNPAID);
    assertThat(end.next().failure()).isEqualTo(NO);
  }

  @Test
  void anUndoingCallWithoutAnAnswerIsRepeatedWithinItsBudget() {
    Transition<Trip> unknown =
        TRANSITIONS.undone(refunding(refundable()), StepResult.unknown("timed out"));
    Transition<Trip> unsent = TRANSITIONS.undone(refunding(refundable()), StepResult.retry("503"));

    assertThat(journalled(unknown).state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(journalled(unknown).attempt()).isEqualTo(1);
    assertThat(journalled(unknown).lastError()).isEqualTo("timed out");
    assertThat(journalled(unknown).runIn()).isNotNull();
    assertThat(unknown.then()).isEqualTo(Then.RELEASE);
    assertThat(journalled(unsent).lastError()).isEqualTo("503");
    assertThat(journalled(unsent).undecided()).as("an earlier one may have arrived").isTrue();
  }

  @Test
  void aCompensationIsNeverGivenUpInSilence() {
    LiveSaga<Trip> last = refunding(refundable()).tried(2, true, "503");

    Transition<Trip> parked = TRANSITIONS.undone(last, StepResult.retry("503"));

    assertThat(journalled(parked).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(parked).lastError()).isEqualTo("compensation gave up after 3: 503");
    assertThat(journalled(parked).failure()).isEqualTo(NO);
    assertThat(journalled(parked).compensating()).isTrue();
  }

  @Test
  void aCompensationWhoseReasonWasNotRecordedStillEnds() {
    Transition<Trip> end =
        TRANSITIONS.undone(refunding(refundable()).failing(null), StepResult.done(PAID));

    assertThat(business(end)).containsExactly("unbooked UNKNOWN");
  }

  @Test
  void anUndoingCallThatWasNotMadeNeverParksItsSaga() {
    LiveSaga<Trip> last = refunding(refundable()).tried(2, true, "timed out");

    Transition<Trip> wait = TRANSITIONS.notMade(last, "no thread");

    assertThat(journalled(wait).state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(journalled(wait).attempt()).as("of three").isEqualTo(2);
    assertThat(journalled(wait).undecided()).as("an earlier one may have arrived").isTrue();
    assertThat(wait.then()).isEqualTo(Then.RELEASE);
  }
}
