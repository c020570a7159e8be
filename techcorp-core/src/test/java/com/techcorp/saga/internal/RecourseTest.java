package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.TRANSITIONS;
import static com.techcorp.saga.internal.Trips.fresh;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.error.FencedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Decision.Attempt;
import com.techcorp.saga.internal.Recourse.BeginAgain;
import com.techcorp.saga.internal.Recourse.HandOver;
import com.techcorp.saga.internal.Recourse.Lost;
import com.techcorp.saga.internal.Recourse.NeverBegan;
import com.techcorp.saga.internal.Recourse.Park;
import com.techcorp.saga.internal.Recourse.PutOff;
import com.techcorp.saga.internal.Recourse.TryAgain;
import com.techcorp.saga.internal.Trips.Trip;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a saga does when its commit wrote nothing: plain states in, decisions out. */
class RecourseTest {
  private static final NotWrittenException AWAY = new NotWrittenException("away", null);
  private static final UnstorableDataException BAD = new UnstorableDataException("a NUL", null);
  private static final CommitResult.Busy BUSY =
      new CommitResult.Busy(0, Failure.of(CommitResult.Busy.LOCKED, "the row is locked"));

  private static Attempt<Trip> attempt(LiveSaga<Trip> saga, Transition<Trip> decided) {
    return new Attempt<>(saga, List.of(), (s, asked) -> decided, decided);
  }

  private static Attempt<Trip> beginning() {
    LiveSaga<Trip> saga = fresh(pay());
    return attempt(saga, TRANSITIONS.begin(saga));
  }

  /** It ends with the answer. */
  private static Attempt<Trip> answered() {
    LiveSaga<Trip> saga = paying(pay());
    return attempt(saga, TRANSITIONS.answered(saga, StepResult.done(saga.data())));
  }

  /** It waits for its next attempt. */
  private static Attempt<Trip> waiting() {
    LiveSaga<Trip> saga = paying(pay());
    return attempt(saga, TRANSITIONS.answered(saga, StepResult.retry("503")));
  }

  private static Attempt<Trip> parked() {
    LiveSaga<Trip> saga = paying(pay());
    return attempt(saga, TRANSITIONS.poisoned(saga, "no"));
  }

  @Test
  void anAnswerIsTriedAgainFourTimesEachLaterThanTheLast() {
    assertThat(Recourse.failed(answered(), AWAY, true, 1))
        .isEqualTo(new TryAgain(Duration.ofMillis(250), AWAY));
    assertThat(Recourse.failed(answered(), AWAY, true, 2))
        .isEqualTo(new TryAgain(Duration.ofMillis(500), AWAY));
    assertThat(Recourse.failed(answered(), AWAY, true, 4))
        .isEqualTo(new TryAgain(Duration.ofSeconds(2), AWAY));
    assertThat(Recourse.failed(answered(), AWAY, true, 5))
        .isEqualTo(new PutOff("not written: away", AWAY));
  }

  @Test
  void withoutAnAnswerItWaitsInTheJournalAtOnce() {
    assertThat(Recourse.failed(answered(), AWAY, false, 1)).isInstanceOf(PutOff.class);
  }

  @Test
  void whereNotEvenTheWaitCanBeWrittenThatIsTriedAgainHoweverOften() {
    assertThat(Recourse.failed(waiting(), AWAY, false, 1_000))
        .isEqualTo(new TryAgain(Duration.ofSeconds(2), AWAY));
    assertThat(Recourse.failed(waiting(), new WiringException("no such table"), false, 1))
        .isInstanceOf(TryAgain.class);
  }

  @Test
  void whatTheStorageRefusesIsParkedAndHandedOverIfNotEvenThatCanBeWritten() {
    assertThat(Recourse.failed(answered(), BAD, true, 1))
        .isEqualTo(new Park("the storage refused its data: a NUL", BAD));
    assertThat(Recourse.failed(parked(), BAD, true, 1)).isEqualTo(new HandOver(BAD));
    assertThat(Recourse.failed(beginning(), BAD, false, 1)).isEqualTo(new NeverBegan(BAD));
  }

  @Test
  void aCommitWhoseEndNobodyKnowsIsLeftToTheJournal() {
    UnavailableException broken = new UnavailableException("connection reset");
    FencedException fenced = new FencedException("no lease", null);

    assertThat(Recourse.failed(answered(), broken, true, 1)).isEqualTo(new Lost(broken));
    assertThat(Recourse.failed(answered(), fenced, true, 1)).isEqualTo(new Lost(fenced));
    assertThat(Recourse.failed(beginning(), AWAY, false, 1))
        .as("its caller is told and may repeat it")
        .isEqualTo(new Lost(AWAY));
  }

  @Test
  void aLockedRowHasAStoredSagaWaitInTheJournalAndAnotherBeginAgain() {
    assertThat(Recourse.busy(answered(), BUSY)).isEqualTo(new PutOff("the row is locked", null));
    assertThat(Recourse.busy(waiting(), BUSY))
        .as("the row may be its own")
        .isEqualTo(new TryAgain(Duration.ofSeconds(1), null));
    assertThat(Recourse.busy(beginning(), BUSY)).isEqualTo(new BeginAgain("the row is locked"));
  }

  @Test
  void aLockedRowOfAStoredSagaIsNotCountedAsAFailure() {
    assertThat(Recourse.busy(answered(), BUSY).counts()).isFalse();
    assertThat(Recourse.busy(waiting(), BUSY).counts()).isFalse();
    assertThat(Recourse.busy(beginning(), BUSY).counts()).isTrue();
    assertThat(Recourse.failed(answered(), AWAY, true, 1).counts()).isTrue();
    assertThat(Recourse.failed(answered(), AWAY, false, 1).counts()).isTrue();
    assertThat(Recourse.failed(answered(), BAD, true, 1).counts()).isFalse();
  }
}
