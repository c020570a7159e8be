package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a saga ends and is archived. */
public abstract class JournalEndsContract extends JournalScenario {
  /** For subclasses. */
  protected JournalEndsContract() {}

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
}
