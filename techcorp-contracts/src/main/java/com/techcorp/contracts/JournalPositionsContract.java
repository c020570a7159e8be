package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@link SagaJournal} keeps of a saga, how the saga moves on, and which sagas are listed.
 */
public abstract class JournalPositionsContract extends JournalScenario {
  /** For subclasses. */
  protected JournalPositionsContract() {}

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
}
