package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How signals reach a saga, and what they change about it. */
public abstract class JournalSignalsContract extends JournalScenario {
  /** For subclasses. */
  protected JournalSignalsContract() {}

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
}
