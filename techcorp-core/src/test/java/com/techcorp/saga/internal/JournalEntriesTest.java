package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.ID;
import static com.techcorp.saga.internal.Trips.NO;
import static com.techcorp.saga.internal.Trips.UNPAID;
import static com.techcorp.saga.internal.Trips.fresh;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static com.techcorp.saga.internal.Trips.trip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.saga.LocalStep;
import com.techcorp.saga.SagaDataFormat;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.internal.Trips.Trip;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalEntriesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final String DATA = "{\"seat\":\"12A\",\"paid\":false}";

  private final JournalEntries journal = new JournalEntries(LEASE);

  /** Has no field that can be written. */
  private static final class Opaque {}

  private static SagaInstance stored(String data, Instant deadline, int handled) {
    return new SagaInstance(
        ID,
        "trip",
        1,
        new SagaPosition("pay", SagaState.COMPENSATING, 2, true, null, null, data, NO, "503"),
        new SagaInstance.Counts(7, handled + 1, handled),
        new SagaInstance.Schedule(4, null, START.plusSeconds(90), deadline),
        "502",
        START,
        START.plusSeconds(60));
  }

  @Test
  void aSagaThatTheJournalLacksIsCreatedAndOneThatItHasAdvances() {
    Effect created = journal.owned(fresh(pay()), null);
    Effect advanced = journal.owned(paying(pay()).signalsRead(3), null);

    assertThat(created).isInstanceOf(SagaEffect.Create.class);
    assertThat(((SagaEffect.Create) created).definition()).isEqualTo("trip");
    assertThat(((SagaEffect.Create) created).version()).isEqualTo(1);
    assertThat(((SagaEffect.Create) created).position().data()).isEqualTo(DATA);
    assertThat(((SagaEffect.Advance) advanced).revision()).isEqualTo(1);
    assertThat(((SagaEffect.Advance) advanced).signals()).isEqualTo(3);
  }

  @Test
  void aSagaMustMoveWithinItsCallsTimeoutAndTheLease() {
    LiveSaga<Trip> slow = fresh(pay().callTimeout(Duration.ofSeconds(40))).at(1, SagaState.RUNNING);

    assertThat(position(journal.owned(slow, null)).timing().moveWithin())
        .isEqualTo(Duration.ofSeconds(45));
    assertThat(position(journal.due(slow, LEASE)).mustMoveWithin()).isNull();
    assertThat(position(journal.parked(slow.parked("no"), SagaState.RUNNING)).mustMoveWithin())
        .isNull();
  }

  private static SagaPosition position(Effect created) {
    return ((SagaEffect.Create) created).position();
  }

  @Test
  void aSagaThatEndsLeavesTheJournalAndALineWhereItsHistoryIsKept() {
    SagaDefinition<Trip> archived =
        SagaDefinition.named("trip", Trip.class)
            .step(LocalStep.named("book", trip -> List.of()))
            .build();
    LiveSaga<Trip> unstored = LiveSaga.fresh(archived, ID, UNPAID).failing(NO);

    assertThat(journal.ended(unstored)).containsExactly(new SagaEffect.Archive(ID, "trip", 1, NO));
    assertThat(journal.ended(unstored.written()))
        .containsExactly(
            new SagaEffect.Archive(ID, "trip", 1, NO), new SagaEffect.Finish(ID, 1, 0));
    assertThat(journal.ended(fresh(pay()))).as("kept elsewhere, never written").isEmpty();
    assertThat(journal.ended(paying(pay()))).containsExactly(new SagaEffect.Finish(ID, 1, 0));
  }

  @Test
  void readsBackWhatStandsInTheJournal() {
    LiveSaga<Trip> saga = journal.read(trip(pay()), stored(DATA, START.plusSeconds(60), 3));

    assertThat(saga.id()).isEqualTo(ID);
    assertThat(saga.data()).isEqualTo(UNPAID);
    assertThat(saga.current().name()).isEqualTo("pay");
    assertThat(saga.state()).isEqualTo(SagaState.COMPENSATING);
    assertThat(saga.attempt()).isEqualTo(2);
    assertThat(saga.undecided()).isTrue();
    assertThat(saga.revision()).isEqualTo(7);
    assertThat(saga.signals()).as("those acted on, not those that came").isEqualTo(3);
    assertThat(saga.stored()).isTrue();
    assertThat(saga.deadlinePassed()).as("from the deadline on").isTrue();
    assertThat(saga.age()).isEqualTo(Duration.ofSeconds(60));
    assertThat(saga.failure()).isEqualTo(NO);
    assertThat(saga.lastError()).isEqualTo("503");
  }

  @Test
  void aDeadlineToComeAndNoneHaveNotPassed() {
    assertThat(stored(DATA, START.plusSeconds(61), 0).deadlinePassed()).isFalse();
    assertThat(stored(DATA, null, 0).deadlinePassed()).isFalse();
  }

  @Test
  void dataThatCannotBeReadIsNotQuoted() {
    assertThatExceptionOfType(UnstorableDataException.class)
        .isThrownBy(() -> journal.read(trip(pay()), stored("tok_secret", null, 0)))
        .withMessageContaining(ID.toString())
        .withMessageContaining(Trip.class.getName())
        .withMessageNotContaining("tok_secret")
        .withNoCause();
  }

  @Test
  void dataThatCannotBeWrittenIsNamedByItsClass() {
    SagaDefinition<Opaque> opaque =
        SagaDefinition.named("opaque", Opaque.class)
            .step(LocalStep.named("any", data -> List.of()))
            .build();

    assertThatExceptionOfType(UnstorableDataException.class)
        .isThrownBy(() -> journal.owned(LiveSaga.fresh(opaque, ID, new Opaque()), null))
        .withMessageContaining(Opaque.class.getName());
  }

  @Test
  void anErrorsTextDoesNotKeepASagaFromBeingParked() {
    assertThat(lastError("a\0b")).isEqualTo("a?b");
    assertThat(lastError("x".repeat(1_000))).isEqualTo("x".repeat(1_000));
    assertThat(lastError("x".repeat(1_001))).isEqualTo("x".repeat(1_000) + "…");
    assertThat(lastError(null)).isNull();
  }

  private String lastError(String error) {
    Effect parked = journal.parked(paying(pay()).tried(1, true, error), SagaState.RUNNING);
    return ((SagaEffect.Advance) parked).position().lastError();
  }

  /** A host's own format, whose errors quote what they are about. */
  private static SagaDefinition<Trip> quoting(Throwable error) {
    return SagaDefinition.named("trip", Trip.class)
        .dataFormat(
            new SagaDataFormat() {
              @Override
              public String write(Object data) throws Exception {
                throw thrown(error);
              }

              @Override
              public <D> D read(String json, Class<D> type) throws Exception {
                throw thrown(error);
              }
            })
        .step(pay())
        .build();
  }

  private static Exception thrown(Throwable error) throws Exception {
    if (error instanceof Error serious) {
      throw serious;
    }
    throw (Exception) error;
  }

  @Test
  void whateverAFormatThrowsTheDataIsNotQuoted() {
    for (Throwable error :
        List.of(new IOException(DATA), new IllegalStateException(DATA), new LinkageError(DATA))) {
      SagaDefinition<Trip> definition = quoting(error);

      assertThatExceptionOfType(UnstorableDataException.class)
          .isThrownBy(() -> journal.read(definition, stored(DATA, START, 0)))
          .withMessageContaining(error.getClass().getSimpleName())
          .withMessageNotContaining("12A")
          .withNoCause();
      assertThatExceptionOfType(UnstorableDataException.class)
          .isThrownBy(() -> SagaEffect.Create.written(definition, new Trip("12A", false)))
          .withMessageContaining(error.getClass().getSimpleName())
          .withMessageNotContaining("12A")
          .withNoCause();
    }
  }
}
