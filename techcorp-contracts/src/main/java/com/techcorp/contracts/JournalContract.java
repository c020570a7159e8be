package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.techcorp.error.Failure;
import com.techcorp.error.FencedException;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@link SagaJournal} and the saga effects promise about one saga; {@link ClaimContract}
 * holds what they promise about many.
 */
public abstract class JournalContract extends StorageContract {
  private static final Failure WHY = new Failure("DECLINED", "no", Map.of("detail", "stolen"));
  private static final Signal CANCEL = new Signal(Signal.Kind.CANCEL, "changed my mind", "me");
  private static final Duration SOON = Duration.ofSeconds(5);

  private final SagaFixture sagas = new SagaFixture();
  private final UUID id = newId();

  /** For subclasses. */
  protected JournalContract() {}

  private SagaJournal journal() {
    return storage().journal();
  }

  private Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  private SagaInstance saga() {
    return journal().find(id).orElseThrow();
  }

  private void create(Fence fence, SagaPosition position) {
    assertCommitted(commitAs(fence, sagas.create(id, position)));
  }

  private CommitResult advance(Fence fence, long revision, int signals, SagaPosition position) {
    return commitAs(fence, new SagaEffect.Advance(id, revision, signals, position));
  }

  @Test
  void keepsASagaThatItsCreatorOwns() {
    // given
    Fence fence = node();
    SagaPosition position = SagaFixture.runningWithin("pay", SOON);

    // when
    create(fence, position);

    // then
    SagaInstance saga = saga();
    assertThat(saga)
        .returns(id, SagaInstance::id)
        .returns(sagas.definition, SagaInstance::definition)
        .returns(SagaFixture.VERSION, SagaInstance::version)
        .returns(1L, SagaInstance::revision)
        .returns(0, SagaInstance::signals)
        .returns(0, SagaInstance::handled)
        .returns(fence.node(), SagaInstance::owner)
        .returns(null, SagaInstance::nextRunAt)
        .returns(SagaFixture.running("pay"), SagaInstance::position)
        .returns(saga.createdAt().plus(SOON), SagaInstance::deadline);
    assertThat(saga.deadlinePassed()).isFalse();
    assertThat(saga.readAt()).isAfterOrEqualTo(saga.createdAt());
    assertThat(journal().find(newId())).isEmpty();
  }

  @Test
  void keepsEveryPartOfAPosition() {
    // given
    SagaPosition position =
        new SagaPosition(
            "undo \"pay\"", SagaState.COMPENSATING, 7, true, SOON, null, "[1]", WHY, "timed out");

    // when
    write(sagas.create(id, position));

    // then
    assertThat(saga().position())
        .isEqualTo(
            new SagaPosition(
                "undo \"pay\"",
                SagaState.COMPENSATING,
                7,
                true,
                null,
                null,
                "[1]",
                WHY,
                "timed out"));
  }

  @Test
  void keepsASagaThatNobodyOwnsYet() {
    write(sagas.create(id, SagaFixture.due("reserve", SOON)));
    SagaInstance saga = saga();
    assertThat(saga.owner()).isNull();
    assertThat(saga.nextRunAt()).isEqualTo(saga.createdAt().plus(SOON));
    assertThat(saga.deadline()).isNull();
  }

  @Test
  void keepsAParkedSaga() {
    Fence fence = node();
    create(fence, SagaFixture.parked("pay", null));
    assertThat(saga().owner()).isNull();
    assertThat(saga().nextRunAt()).isNull();
    advance(Duration.ofDays(1));
    assertThat(journal().claimDue(node(), sagas.runnable(), 10)).isEmpty();
  }

  @Test
  void keepsTheFirstErrorBesideTheLast() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    assertThat(saga().firstError()).isNull();

    // when
    advance(fence, 1, 0, failing("connection refused"));
    advance(fence, 2, 0, failing("timed out"));
    advance(fence, 3, 0, SagaFixture.running("confirm"));
    advance(fence, 4, 0, failing("503"));

    // then
    assertThat(saga().firstError()).isEqualTo("connection refused");
    assertThat(saga().position().lastError()).isEqualTo("503");
    assertThat(journal().list(SagaFilter.all(1_000)))
        .extracting(SagaInstance::firstError)
        .contains("connection refused");
  }

  private static SagaPosition failing(String error) {
    return new SagaPosition("pay", SagaState.RUNNING, 1, true, null, null, "{}", null, error);
  }

  @Test
  void refusesASecondSagaOfTheSameId() {
    write(sagas.create(id, SagaFixture.due("reserve", SOON)));
    assertRefused(commit(sagas.create(id, SagaFixture.due("pay", SOON))), 0, SagaEffect.STALE);
    assertThat(saga().position().step()).isEqualTo("reserve");
  }

  @Test
  void movesASagaOn() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));

    // when
    CommitResult result = advance(fence, 1, 0, SagaFixture.running("confirm"));

    // then
    assertCommitted(result);
    assertThat(saga())
        .returns(2L, SagaInstance::revision)
        .returns(fence.node(), SagaInstance::owner)
        .returns(SagaFixture.running("confirm"), SagaInstance::position);
  }

  @Test
  void letsASagaWaitUnowned() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));

    // when
    assertCommitted(advance(fence, 1, 0, SagaFixture.due("pay", SOON)));

    // then
    SagaInstance waiting = saga();
    assertThat(waiting.owner()).isNull();
    assertThat(waiting.nextRunAt()).isAfterOrEqualTo(waiting.createdAt().plus(SOON));
    assertRefused(advance(fence, 2, 0, SagaFixture.running("pay")), 0, SagaEffect.STALE);
  }

  @Test
  void refusesWhoeverDoesNotKnowTheSagaAsItIs() {
    // given
    Fence owner = node();
    Fence other = node();
    create(owner, SagaFixture.running("pay"));
    SagaPosition next = SagaFixture.running("confirm");

    // when, then
    assertRefused(advance(owner, 2, 0, next), 0, SagaEffect.STALE);
    assertRefused(advance(owner, 0, 0, next), 0, SagaEffect.STALE);
    assertRefused(advance(other, 1, 0, next), 0, SagaEffect.STALE);
    assertRefused(
        commitAs(owner, new SagaEffect.Advance(newId(), 1, 0, next)), 0, SagaEffect.STALE);
    assertRefused(commitAs(other, new SagaEffect.Finish(id, 1, 0)), 0, SagaEffect.STALE);
    assertThat(saga().revision()).isEqualTo(1);
    assertThat(saga().position().step()).isEqualTo("pay");
  }

  @Test
  void tellsTheOwnerOfSignalsItHasNotRead() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    SagaPosition next = SagaFixture.running("confirm");

    // when
    assertThat(journal().signal(id, CANCEL)).isTrue();

    // then: it stays owned, at its revision, until its owner has read the signal
    assertThat(saga())
        .returns(1, SagaInstance::signals)
        .returns(0, SagaInstance::handled)
        .returns(1L, SagaInstance::revision)
        .returns(fence.node(), SagaInstance::owner)
        .returns(null, SagaInstance::nextRunAt);
    assertRefused(advance(fence, 1, 0, next), 0, SagaEffect.SIGNALLED);
    assertRefused(commitAs(fence, new SagaEffect.Finish(id, 1, 0)), 0, SagaEffect.SIGNALLED);
    assertCommitted(advance(fence, 1, 1, next));
    assertThat(saga().handled()).isEqualTo(1);
  }

  @Test
  void keepsSignalsInOrder() {
    // given
    write(sagas.create(id, SagaFixture.due("pay", SOON)));
    Signal retry = new Signal(Signal.Kind.RETRY, "the provider is back", "operator");

    // when
    journal().signal(id, CANCEL);
    journal().signal(id, retry);

    // then
    assertThat(journal().signals(id)).containsExactly(CANCEL, retry);
    assertThat(saga().signals()).isEqualTo(2);
  }

  @Test
  void signalsNoSagaThatIsNotLive() {
    assertThat(journal().signal(id, CANCEL)).isFalse();
    assertThat(journal().signals(id)).isEmpty();
  }

  @Test
  void makesAWaitingSagaDueByASignal() {
    // given
    write(sagas.create(id, SagaFixture.due("pay", Duration.ofHours(9))));

    // when
    journal().signal(id, CANCEL);

    // then
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .singleElement()
        .returns(1, SagaInstance::signals)
        .returns(0, SagaInstance::handled);
  }

  @Test
  void letsAParkedSagaGoOnInItsDirectionByASignal() {
    // given
    write(sagas.create(id, SagaFixture.parked("pay", null)));
    UUID wished = newId();
    write(sagas.create(wished, SagaFixture.parked("pay", WHY)));
    UUID compensating = newId();
    write(sagas.create(compensating, SagaFixture.parkedGoingBack("pay", WHY)));

    // when
    List.of(id, wished, compensating).forEach(parked -> journal().signal(parked, CANCEL));

    // then: a wish to stop is no answer, so it does not turn round what may have been sent
    assertThat(stateOf(id)).isEqualTo(SagaState.RUNNING);
    assertThat(stateOf(wished)).isEqualTo(SagaState.RUNNING);
    assertThat(stateOf(compensating)).isEqualTo(SagaState.COMPENSATING);
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .extracting(SagaInstance::id, saga -> saga.position().compensating())
        .containsExactlyInAnyOrder(
            tuple(id, false), tuple(wished, false), tuple(compensating, true));
  }

  private SagaState stateOf(UUID saga) {
    return journal().find(saga).orElseThrow().position().state();
  }

  @Test
  void keepsSignalsUnreadThatASagaDidNotHeed() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    journal().signal(id, CANCEL);

    // when: it is parked by one who knows of the signal and cannot heed it
    SagaPosition parked = SagaFixture.running("pay").parked("unreadable");
    assertRefused(
        commitAs(fence, new SagaEffect.Advance(id, 1, 0, 0, parked)), 0, SagaEffect.SIGNALLED);
    assertCommitted(commitAs(fence, new SagaEffect.Advance(id, 1, 1, 0, parked)));

    // then
    assertThat(saga())
        .returns(1, SagaInstance::signals)
        .returns(0, SagaInstance::handled)
        .returns(parked, SagaInstance::position);
  }

  @Test
  void endsASaga() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    journal().signal(id, CANCEL);

    // when
    assertCommitted(commitAs(fence, new SagaEffect.Finish(id, 1, 1)));

    // then
    assertThat(journal().find(id)).isEmpty();
    assertThat(journal().signals(id)).isEmpty();
    assertThat(journal().signal(id, CANCEL)).isFalse();
    assertThat(journal().ended(List.of(id))).isEmpty();
    assertRefused(commitAs(fence, new SagaEffect.Finish(id, 1, 1)), 0, SagaEffect.STALE);
  }

  @Test
  void keepsHowSagasEnded() {
    // given
    Fence fence = node();
    UUID compensated = newId();
    create(fence, SagaFixture.running("pay"));

    // when
    assertCommitted(
        commitAs(
            fence,
            new SagaEffect.Archive(id, sagas.definition, SagaFixture.VERSION, null),
            new SagaEffect.Finish(id, 1, 0)));
    write(new SagaEffect.Archive(compensated, sagas.definition, SagaFixture.VERSION, WHY));

    // then
    assertThat(journal().ended(List.of(id, compensated, newId())))
        .containsOnly(
            Map.entry(id, new SagaOutcome(null)), Map.entry(compensated, new SagaOutcome(WHY)));
    assertThat(journal().ended(List.of())).isEmpty();
  }

  @Test
  void neverBeginsASagaThatHasEnded() {
    // given: a beginning whose acknowledgement was lost, of a saga that has ended since
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    var archive = new SagaEffect.Archive(id, sagas.definition, SagaFixture.VERSION, null);
    assertCommitted(commitAs(fence, archive, new SagaEffect.Finish(id, 1, 0)));

    // when, then
    assertRefused(commit(sagas.create(id, SagaFixture.due("pay", SOON))), 0, SagaEffect.STALE);
    assertRefused(commit(archive), 0, SagaEffect.STALE);
    assertThat(journal().find(id)).isEmpty();
    assertThat(journal().ended(List.of(id))).containsOnly(Map.entry(id, new SagaOutcome(null)));
  }

  @Test
  void archivesOnceInABatch() {
    // given
    var archive = new SagaEffect.Archive(newId(), sagas.definition, SagaFixture.VERSION, null);

    // when
    List<CommitResult> results = commitAll(writeSet(archive), writeSet(archive));

    // then
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 0, SagaEffect.STALE);
  }

  @Test
  void archivesNothingOfASagaThatMayNotEnd() {
    Fence fence = node();
    create(fence, SagaFixture.running("pay"));
    assertRefused(
        commitAs(
            fence,
            new SagaEffect.Archive(id, sagas.definition, SagaFixture.VERSION, null),
            new SagaEffect.Finish(id, 9, 0)),
        1,
        SagaEffect.STALE);
    assertThat(journal().ended(List.of(id))).isEmpty();
  }

  @Test
  void keepsTheDeadlineWhileTheStepStays() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.runningWithin("pay", SOON));
    var deadline = saga().deadline();

    // when, then
    advance(Duration.ofSeconds(1));
    assertCommitted(advance(fence, 1, 0, SagaFixture.running("pay")));
    assertThat(saga().deadline()).isEqualTo(deadline);
    assertCommitted(advance(fence, 2, 0, SagaFixture.running("confirm")));
    assertThat(saga().deadline()).isNull();
    assertCommitted(advance(fence, 3, 0, SagaFixture.runningWithin("confirm", SOON)));
    assertThat(saga().deadline()).isAfter(deadline);
  }

  @Test
  void wakesASagaAtItsDeadlineAtTheLatest() {
    // given
    Fence fence = node();
    create(fence, SagaFixture.runningWithin("pay", SOON));

    // when
    assertCommitted(advance(fence, 1, 0, SagaFixture.due("pay", Duration.ofHours(1))));

    // then
    assertThat(saga().nextRunAt()).isEqualTo(saga().deadline());
    advance(SOON);
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.deadlinePassed()).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void listsSagas(SagaState state) {
    // given
    write(sagas.create(id, SagaFixture.due("pay", SOON)));
    advance(SOON);
    UUID parked = newId();
    write(sagas.create(parked, SagaFixture.parked("pay", WHY)));
    advance(SOON);
    UUID back = newId();
    write(sagas.create(back, SagaFixture.position("pay", SagaState.COMPENSATING, SOON, null, WHY)));

    // when
    List<UUID> all = list(new SagaFilter(sagas.definition, null, 100));
    List<UUID> some = list(new SagaFilter(sagas.definition, state, 100));

    // then
    assertThat(all).containsExactly(id, parked, back);
    assertThat(list(new SagaFilter(sagas.definition, null, 2))).containsExactly(id, parked);
    assertThat(some)
        .containsExactly(
            switch (state) {
              case RUNNING -> id;
              case PARKED -> parked;
              case COMPENSATING -> back;
            });
    assertThat(list(SagaFilter.parked(10_000))).contains(parked).doesNotContain(id, back);
  }

  private List<UUID> list(SagaFilter filter) {
    return journal().list(filter).stream().map(SagaInstance::id).toList();
  }

  @Test
  void claimsNothingForANodeThatLostItsLease() {
    // given
    Fence fence = node();
    write(sagas.create(id, SagaFixture.due("pay", Duration.ZERO)));

    // when
    storage().nodes().retire(fence);

    // then
    assertThatExceptionOfType(FencedException.class)
        .isThrownBy(() -> journal().claimDue(fence, sagas.runnable(), 10));
    assertThat(saga().owner()).isNull();
  }
}
