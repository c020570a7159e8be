package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Failure;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.RetryPolicy;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A trip: book a seat (local), pay (remote), issue the ticket (local). */
class TransitionsTest {
  private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final Failure NO = Failure.of("DECLINED", "no");

  private final Transitions transitions = new Transitions(new JournalEntries(new ObjectMapper()));

  record Trip(String seat, boolean paid) {}

  record Wrote(String what) implements Effect {}

  private static List<Effect> wrote(String what) {
    return List.of(new Wrote(what));
  }

  private static RemoteStep<Trip> pay() {
    return Step.<Trip>remote("pay", (trip, call) -> StepResult.done(trip))
        .before(trip -> wrote("intent"))
        .whenUndecided(trip -> wrote("undecided"))
        .whenNotSent((trip, why) -> wrote("not sent"))
        .compensatedBy((trip, why) -> wrote("refund"))
        .retrying(RetryPolicy.every(Duration.ofSeconds(1), 3));
  }

  private static SagaDefinition<Trip> trip(RemoteStep<Trip> pay) {
    return SagaDefinition.named("trip", Trip.class)
        .step(
            Step.<Trip>local("book", trip -> wrote("booked"))
                .compensatedBy((trip, why) -> wrote("unbooked " + why.code())))
        .step(pay)
        .step(Step.local("issue", trip -> wrote("issued")))
        .historyKeptBy(ids -> Map.<UUID, SagaOutcome>of())
        .build();
  }

  private Live<Trip> paying(RemoteStep<Trip> pay) {
    return transitions.begin(Live.fresh(trip(pay), ID, new Trip("12A", false))).next();
  }

  private static List<String> business(Transition<Trip> transition) {
    return transition.effects().stream()
        .filter(Wrote.class::isInstance)
        .map(effect -> ((Wrote) effect).what())
        .toList();
  }

  private static SagaEffect.Position journalled(Transition<Trip> transition) {
    Effect last = transition.effects().get(transition.effects().size() - 1);
    return last instanceof SagaEffect.Create create
        ? create.position()
        : ((SagaEffect.Advance) last).position();
  }

  @Test
  void goesForwardToTheFirstRemoteStepInOneWrite() {
    Transition<Trip> first = transitions.begin(Live.fresh(trip(pay()), ID, new Trip("12A", false)));

    assertThat(business(first)).containsExactly("booked", "intent");
    assertThat(journalled(first).step()).isEqualTo("pay");
    assertThat(journalled(first).undecided()).as("a crash after this may have sent it").isTrue();
    assertThat(first.next().undecided()).as("this process knows it has not").isFalse();
    assertThat(first.then()).isEqualTo(Then.CALL);
  }

  @Test
  void anAnswerAndWhatFollowsShareOneWriteThatEndsTheSaga() {
    Transition<Trip> end =
        transitions.answered(
            paying(pay()), StepResult.done(new Trip("12A", true), new Wrote("paid")));

    assertThat(business(end)).containsExactly("paid", "issued");
    assertThat(end.effects()).last().isInstanceOf(SagaEffect.Finish.class);
    assertThat(end.then()).isEqualTo(Then.FINISH);
    assertThat(end.next().failure()).isNull();
  }

  @Test
  void aRejectionCompensatesWhatCameBeforeAndNotTheStepItself() {
    Transition<Trip> end =
        transitions.answered(paying(pay()), StepResult.rejected(NO, new Wrote("declined")));

    assertThat(business(end)).containsExactly("declined", "unbooked DECLINED");
    assertThat(end.then()).isEqualTo(Then.FINISH);
    assertThat(end.next().failure()).isEqualTo(NO);
  }

  @Test
  void aRefusedLocalStepKeepsWhatStandsBeforeItAndCompensatesInTheSameWrite() {
    Live<Trip> before = paying(pay());
    Transition<Trip> end =
        transitions.answered(before, StepResult.done(new Trip("12A", true), new Wrote("paid")));

    Transition<Trip> back = transitions.refused(end, before, 1, Failure.of("FULL", "no ticket"));

    assertThat(business(back)).containsExactly("paid", "refund", "unbooked FULL");
    assertThat(back.next().data().paid()).as("the answer is not forgotten").isTrue();
    assertThat(back.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void anAnswerWhoseOwnEffectIsRefusedIsAskedForAgainAndAtLastParked() {
    Live<Trip> before = paying(pay());
    Transition<Trip> end =
        transitions.answered(before, StepResult.done(before.data(), new Wrote("paid")));

    Transition<Trip> again = transitions.refused(end, before, 0, Failure.of("MOVED", "overtaken"));
    Transition<Trip> last =
        transitions.refused(end, before.tried(2, false, null), 0, Failure.of("MOVED", "overtaken"));

    assertThat(journalled(again).state()).isEqualTo(SagaState.RUNNING);
    assertThat(journalled(again).undecided()).isTrue();
    assertThat(journalled(last).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(last).lastError()).contains("MOVED");
    assertThat(journalled(last).undecided()).as("asked for before it is sent again").isTrue();
  }

  @Test
  void anUnsentCallIsTriedAgainWithinItsBudgetThenFailsTheSaga() {
    Live<Trip> saga = paying(pay());

    Transition<Trip> wait = transitions.answered(saga, StepResult.retry("503"));
    Transition<Trip> spent =
        transitions.answered(saga.tried(2, false, "503"), StepResult.retry("503"));

    assertThat(journalled(wait).runIn()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(journalled(wait).attempt()).isEqualTo(1);
    assertThat(journalled(wait).undecided()).isFalse();
    assertThat(wait.then()).isEqualTo(Then.RELEASE);
    assertThat(business(spent)).containsExactly("not sent", "unbooked RETRIES_EXHAUSTED");
  }

  @Test
  void anUndecidedCallWithoutALimitIsParkedWhenItsBudgetIsSpent() {
    Live<Trip> saga = paying(pay());

    Transition<Trip> wait = transitions.answered(saga, StepResult.unknown("timed out"));
    Transition<Trip> spent =
        transitions.answered(saga.tried(2, true, "timed out"), StepResult.unknown("timed out"));

    assertThat(business(wait)).containsExactly("undecided");
    assertThat(journalled(wait).undecided()).isTrue();
    assertThat(journalled(spent).state()).isEqualTo(SagaState.PARKED);
    assertThat(journalled(spent).lastError()).contains("timed out");
  }

  @Test
  void onceUndecidedALaterUnsentAttemptDoesNotMakeItDecided() {
    Live<Trip> undecided = paying(pay()).tried(1, true, "timed out");

    Transition<Trip> wait = transitions.answered(undecided, StepResult.retry("503"));

    assertThat(journalled(wait).undecided()).isTrue();
    assertThat(business(wait)).containsExactly("undecided");
  }

  @Test
  void anUndecidedCallIsAbandonedAtItsDeadlineAndWhatCameBeforeCompensated() {
    RemoteStep<Trip> bounded =
        pay()
            .abandonedBy((trip, why) -> wrote("abandoned " + why.code()))
            .decideWithin(trip -> Duration.ofMinutes(30));
    Live<Trip> late = deadlinePassed(paying(bounded));

    Transition<Trip> end = transitions.answered(late, StepResult.unknown("timed out"));

    assertThat(business(end)).containsExactly("undecided", "abandoned EXPIRED", "unbooked EXPIRED");
  }

  private static Live<Trip> deadlinePassed(Live<Trip> saga) {
    return new Live<>(
        saga.definition(),
        saga.id(),
        saga.data(),
        saga.step(),
        saga.state(),
        saga.attempt(),
        true,
        saga.revision(),
        saga.signals(),
        true,
        true,
        Duration.ofHours(1),
        null,
        null);
  }

  @Test
  void anApprovalThatMeetsTheWishToStopIsRecordedAndTakenBack() {
    Live<Trip> wished = paying(pay()).failing(Failure.of(Failure.CANCELLED, "changed my mind"));

    Transition<Trip> end =
        transitions.answered(wished, StepResult.done(new Trip("12A", true), new Wrote("paid")));

    assertThat(business(end)).containsExactly("paid", "refund", "unbooked " + Failure.CANCELLED);
  }

  @Test
  void aCancelledSagaThatSurelySentNothingGoesBackWithoutACall() {
    Transition<Trip> end =
        transitions.resume(paying(pay()), List.of(new Signal(Signal.Kind.CANCEL, "why", "ada")));

    assertThat(business(end)).containsExactly("not sent", "unbooked " + Failure.CANCELLED);
    assertThat(end.next().signals()).isEqualTo(1);
  }

  @Test
  void aCancelledSagaThatMayHaveSentItAsksFirst() {
    Transition<Trip> next =
        transitions.resume(
            paying(pay()).tried(1, true, null),
            List.of(new Signal(Signal.Kind.CANCEL, "why", "ada")));

    assertThat(next.effects()).isEmpty();
    assertThat(next.then()).isEqualTo(Then.CALL);
    assertThat(next.next().failure()).isNotNull();
  }

  @Test
  void aRemoteCompensationIsJournalledBeforeItsCallAndParkedWhenItIsRefused() {
    RemoteStep<Trip> undoable = pay().undoneBy((trip, call) -> StepResult.done(trip));
    Live<Trip> saga = paying(undoable);
    Transition<Trip> end =
        transitions.answered(saga, StepResult.done(new Trip("12A", true), new Wrote("paid")));

    Transition<Trip> back = transitions.refused(end, saga, 1, NO);
    Transition<Trip> done = transitions.undone(back.next(), StepResult.done(saga.data()));
    Transition<Trip> refused = transitions.undone(back.next(), StepResult.rejected(NO));

    assertThat(back.then()).isEqualTo(Then.UNDO);
    assertThat(journalled(back).state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(business(done)).containsExactly("unbooked DECLINED");
    assertThat(done.then()).isEqualTo(Then.FINISH);
    assertThat(journalled(refused).state()).isEqualTo(SagaState.PARKED);
  }

  @Test
  void forceCompleteTakesTheCallAsDoneAndGoesOn() {
    Transition<Trip> end =
        transitions.resume(
            paying(pay()).tried(3, true, "timed out"),
            List.of(new Signal(Signal.Kind.FORCE_COMPLETE, "paid by hand", "ops")));

    assertThat(business(end)).containsExactly("issued");
    assertThat(end.then()).isEqualTo(Then.FINISH);
  }

  @Test
  void aRetrySignalGivesAFreshBudget() {
    Transition<Trip> next =
        transitions.resume(
            paying(pay()).tried(3, true, "timed out"),
            List.of(new Signal(Signal.Kind.RETRY, "provider is back", "ops")));

    assertThat(next.next().attempt()).isZero();
    assertThat(next.then()).isEqualTo(Then.CALL);
  }
}
