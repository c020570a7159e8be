package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When what waits is worth a worker, and what a batch is made of. */
class CommitQueueTest {
  private final Set<UUID> troubled = new HashSet<>();
  private final CommitQueue queue = new CommitQueue(10, 2, work -> troubled.contains(work.id()));

  private static PendingCommit begins() {
    UUID id = UUID.randomUUID();
    SagaPosition position =
        new SagaPosition("step", SagaState.RUNNING, 0, false, null, null, "{}", null, null);
    return item(id, new SagaEffect.Create(id, "order", 1, false, position));
  }

  private static PendingCommit goesOn() {
    return goesOn(UUID.randomUUID());
  }

  private static PendingCommit goesOn(UUID id) {
    return item(id, new SagaEffect.Finish(id, 1, 0));
  }

  private static PendingCommit item(UUID id, Effect effect) {
    return PendingCommit.of(WriteSet.of(id, effect));
  }

  private List<Boolean> add(int count) {
    List<Boolean> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(queue.add(goesOn()));
    }
    return started;
  }

  @Test
  void theFirstStartsAWorkerAndTheOthersWaitForIt() {
    assertThat(add(3)).containsExactly(true, false, false);
    assertThat(queue.take().items()).hasSize(3);
  }

  @Test
  void besideARunningBatchAQuarterOfItIsWorthAnother() {
    // given
    add(8);
    queue.take();

    // when
    List<Boolean> started = add(3);

    // then
    assertThat(started).containsExactly(false, true, false);
    assertThat(queue.take().items()).hasSize(3);
  }

  @Test
  void noMoreWorkersThanThereAre() {
    // given
    add(1);
    queue.take();
    add(1);
    queue.take();

    // when, then
    assertThat(add(50)).doesNotContain(true);
    assertThat(queue.goesOn()).as("one of the two goes on with them").isTrue();
  }

  @Test
  void whoIsDoneTakesWhatGathered() {
    // given
    add(8);
    CommitBatch eight = queue.take();
    add(1);

    // when
    boolean another = queue.committed(eight);
    boolean goesOn = queue.goesOn();

    // then: what is told to the eight need not be waited for
    assertThat(another).isTrue();
    assertThat(queue.take().items()).hasSize(1);
    assertThat(goesOn).as("nothing is left for the first").isFalse();
  }

  @Test
  void nothingLeftEndsAWorkerAndTheNextStartsOne() {
    // given
    add(1);
    queue.committed(queue.take());

    // when
    boolean goesOn = queue.goesOn();

    // then
    assertThat(goesOn).isFalse();
    assertThat(add(1)).containsExactly(true);
  }

  @Test
  void sagasThatBeginAndSagasThatGoOnDoNotShareABatch() {
    // given
    PendingCommit begins = begins();
    PendingCommit first = goesOn();
    PendingCommit second = goesOn();
    queue.add(first);
    queue.add(begins);
    queue.add(second);

    // when
    CommitBatch batch = queue.take();
    queue.committed(batch);

    // then
    assertThat(batch.items()).containsExactly(first, second);
    assertThat(queue.take().items()).containsExactly(begins);
  }

  @Test
  void theFewerArePassedOverOnce() {
    // given
    PendingCommit begins = begins();
    add(3);
    queue.add(begins);
    queue.committed(queue.take());
    add(3);

    // when
    List<PendingCommit> next = queue.take().items();

    // then
    assertThat(next).containsExactly(begins);
  }

  @Test
  void oneSagaIsInABatchOnce() {
    // given
    UUID saga = UUID.randomUUID();
    PendingCommit first = goesOn(saga);
    PendingCommit other = goesOn();
    PendingCommit second = goesOn(saga);
    queue.add(first);
    queue.add(second);
    queue.add(other);

    // when, then
    CommitBatch both = queue.take();
    assertThat(both.items()).containsExactly(first, other);
    queue.committed(both);
    assertThat(queue.take().items()).containsExactly(second);
  }

  @Test
  void aBatchHasItsBound() {
    add(25);
    assertThat(queue.take().items()).hasSize(10);
  }

  @Test
  void whatNobodyTookIsTakenBackOnce() {
    // given
    PendingCommit item = goesOn();
    queue.add(item);
    queue.add(begins());

    // when, then
    assertThat(queue.remove(item)).isTrue();
    assertThat(queue.remove(item)).isFalse();
    assertThat(queue.clear()).hasSize(1);
    assertThat(queue.take().items()).isEmpty();
  }

  private PendingCommit careful() {
    PendingCommit item = begins();
    troubled.add(item.writeSet().id());
    return item;
  }

  private static PendingCommit refused() {
    return new PendingCommit(begins().writeSet(), true, new CompletableFuture<>());
  }

  @Test
  void worksThatNeedCareAndWhatIsRefusedHaveBatchesOfTheirOwnAfterTheOthers() {
    // given
    List<PendingCommit> careful = List.of(careful(), careful(), careful());
    List<PendingCommit> refused = List.of(refused(), refused());
    PendingCommit begins = begins();
    careful.forEach(queue::add);
    refused.forEach(queue::add);
    queue.add(begins);

    // when
    List<CommitBatch> batches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      batches.add(queue.take());
      queue.committed(batches.get(i));
      queue.goesOn();
    }

    // then
    assertThat(batches)
        .extracting(CommitBatch::items)
        .containsExactly(List.of(begins), careful, refused);
  }

  @Test
  void ofThoseOnlyOneIsBeingCommittedAtATime() {
    // given
    queue.add(careful());
    CommitBatch running = queue.take();

    // when, then: a second worker is only for the others
    assertThat(queue.add(careful())).isFalse();
    assertThat(queue.add(refused())).isFalse();
    assertThat(queue.add(goesOn())).isTrue();
    assertThat(queue.take().side()).isFalse();
    assertThat(queue.committed(running)).as("both workers are there").isFalse();
    assertThat(queue.goesOn()).as("and the first goes on").isTrue();
    assertThat(queue.take().side()).isTrue();
  }

  /** So many batches in a row of what was refused, one after the other. */
  private void refusedBatches(int count) {
    for (int i = 0; i < count; i++) {
      queue.add(refused());
      queue.committed(queue.take());
      queue.goesOn();
    }
  }

  @Test
  void whatIsRefusedHasAllWorkersWhereThereHasBeenNothingElse() {
    // given
    refusedBatches(8);
    queue.add(refused());
    queue.take();

    // when, then
    assertThat(queue.add(refused())).isTrue();
    assertThat(queue.take().side()).isTrue();
  }

  @Test
  void anythingElseLeavesItOneAgain() {
    // given
    refusedBatches(8);
    queue.add(goesOn());
    queue.committed(queue.take());
    queue.goesOn();

    // when
    queue.add(refused());
    queue.take();

    // then
    assertThat(queue.add(refused())).isFalse();
  }

  @Test
  void whatMayWaitForALockNeverHasAllWorkers() {
    // given
    refusedBatches(8);

    // when
    queue.add(careful());
    queue.take();

    // then
    assertThat(queue.add(careful())).isFalse();
    assertThat(queue.add(refused())).isFalse();
  }

  @Test
  void theOnlyWorkerServesThemInTheirTurn() {
    // given
    CommitQueue alone = new CommitQueue(1, 1, work -> troubled.contains(work.id()));
    PendingCommit careful = careful();
    PendingCommit first = goesOn();
    PendingCommit second = goesOn();
    List.of(careful, first, second).forEach(alone::add);

    // when
    List<PendingCommit> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CommitBatch batch = alone.take();
      order.addAll(batch.items());
      alone.committed(batch);
      alone.goesOn();
    }

    // then
    assertThat(order).containsExactly(first, careful, second);
  }

  @Test
  void whoCommitsAloneCountsAsAWorker() {
    // given
    assertThat(queue.startsAlone()).isTrue();

    // when, then: nobody else is alone, and another worker begins beside it
    assertThat(queue.startsAlone()).isFalse();
    assertThat(add(2)).containsExactly(true, false);
    queue.take();
    assertThat(add(1)).as("two are at work").containsExactly(false);
    assertThat(queue.endsAlone()).as("and what waits needs one of them").isTrue();
  }

  @Test
  void nobodyIsNeededAfterWhoCommittedAlone() {
    queue.startsAlone();

    assertThat(queue.endsAlone()).isFalse();
    assertThat(queue.startsAlone()).isTrue();
  }
}
