package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a {@link SagaJournal} promises about sagas whose owner lives and does not move them: each
 * carries the time by which it must move, and past that it is taken away alone.
 */
public abstract class StuckSagaContract extends StorageContract {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofSeconds(60);

  private final SagaFixture sagas = new SagaFixture();

  /** For subclasses. */
  protected StuckSagaContract() {}

  private SagaJournal journal() {
    return storage().journal();
  }

  private Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  private UUID owned(Fence fence, Duration moveWithin) {
    UUID id = newId();
    assertCommitted(commitAs(fence, sagas.create(id, SagaFixture.movingWithin("pay", moveWithin))));
    return id;
  }

  private SagaInstance saga(UUID id) {
    return journal().find(id).orElseThrow();
  }

  private Instant moveBy(UUID id) {
    return Objects.requireNonNull(saga(id).moveBy(), "an owned saga says when it must move");
  }

  @Test
  void anOwnedSagaSaysWhenItMustHaveMoved() {
    // given
    Fence fence = node();
    UUID id = owned(fence, SOON);
    Instant created = saga(id).createdAt();

    // when, then
    assertThat(moveBy(id)).isEqualTo(created.plus(SOON));
    advance(Duration.ofSeconds(1));
    assertCommitted(
        commitAs(fence, new SagaEffect.Advance(id, 1, 0, SagaFixture.movingWithin("ship", LATER))));
    assertThat(moveBy(id)).isAfterOrEqualTo(created.plusSeconds(1).plus(LATER));
    assertCommitted(commitAs(fence, new SagaEffect.Advance(id, 2, 0, SagaFixture.running("ship"))));
    assertThat(moveBy(id))
        .as("a position that does not say")
        .isAfterOrEqualTo(created.plusSeconds(1).plus(SagaPosition.MOVE_WITHIN));
    assertCommitted(
        commitAs(fence, new SagaEffect.Advance(id, 3, 0, SagaFixture.due("ship", SOON))));
    assertThat(saga(id).moveBy()).as("nobody owns it").isNull();
  }

  @Test
  void aClaimedSagaSaysSoToo() {
    // given
    UUID id = newId();
    write(sagas.create(id, SagaFixture.due("pay", Duration.ZERO)));

    // when
    SagaInstance claimed = journal().claimDue(node(), sagas.runnable(), 10).get(0);

    // then
    assertThat(claimed.moveBy())
        .isEqualTo(moveBy(id))
        .isBetween(
            claimed.createdAt().plus(SagaFixture.CLAIMED_FOR),
            claimed.readAt().plus(SagaFixture.CLAIMED_FOR));
    assertThat(claimed.isStuck()).isFalse();
  }

  @Test
  void handsOverWhatANodeCannotGoOnWithAndThatAlone() {
    // given
    Fence fence = node();
    UUID given = owned(fence, LATER);
    UUID kept = owned(fence, LATER);
    UUID others = owned(node(), LATER);

    // when: long before it counts as stuck
    List<UUID> handedOver = journal().handOver(fence, List.of(given, others, newId()));

    // then: it is due at once for anyone, and all others stay where they are
    assertThat(handedOver).containsExactly(given);
    assertThat(saga(given))
        .returns(null, SagaInstance::owner)
        .returns(null, SagaInstance::moveBy)
        .returns(2L, SagaInstance::revision);
    assertThat(List.of(saga(kept), saga(others)))
        .allSatisfy(saga -> assertThat(saga.owner()).isNotNull());
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .extracting(SagaInstance::id)
        .containsExactly(given);
    assertThat(journal().handOver(fence, List.of(given))).as("again").isEmpty();
    assertThat(journal().handOver(new Fence(fence.node(), fence.epoch() + 1), List.of(kept)))
        .as("another epoch")
        .isEmpty();
  }

  @Test
  void takesAwayWhatIsStuckAndThatAlone() {
    // given
    Fence fence = node();
    UUID stuck = owned(fence, SOON);
    UUID moving = owned(fence, LATER);
    assertThat(journal().release(fence, List.of(stuck, moving))).as("in time").isEmpty();

    // when
    advance(SOON);
    assertThat(saga(stuck).isStuck()).isTrue();
    List<UUID> released = journal().release(fence, List.of(stuck, moving, newId()));

    // then: it is due at once for anyone, and its neighbour stays where it is
    assertThat(released).containsExactly(stuck);
    assertThat(saga(stuck))
        .returns(null, SagaInstance::owner)
        .returns(null, SagaInstance::moveBy)
        .returns(2L, SagaInstance::revision);
    assertThat(saga(moving))
        .returns(fence.node(), SagaInstance::owner)
        .returns(1L, SagaInstance::revision);
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .extracting(SagaInstance::id)
        .containsExactly(stuck);
    assertThat(journal().release(fence, List.of(stuck))).as("again").isEmpty();
  }

  @Test
  void refusesWhatTheStuckOwnerWritesLater() {
    // given
    Fence stuckNode = node();
    UUID id = owned(stuckNode, SOON);
    UUID neighbour = owned(stuckNode, LATER);
    advance(SOON);

    // when
    journal().release(stuckNode, List.of(id));

    // then: before and after it was claimed, also by the very same node
    assertRefused(
        commitAs(stuckNode, new SagaEffect.Advance(id, 1, 0, SagaFixture.running("ship"))),
        0,
        SagaEffect.STALE);
    SagaInstance claimed = journal().claimDue(stuckNode, sagas.runnable(), 10).get(0);
    assertRefused(commitAs(stuckNode, new SagaEffect.Finish(id, 1, 0)), 0, SagaEffect.STALE);
    assertCommitted(
        commitAs(
            stuckNode,
            new SagaEffect.Advance(id, claimed.revision(), 0, SagaFixture.running("ship"))));
    assertCommitted(commitAs(stuckNode, new SagaEffect.Finish(neighbour, 1, 0)));
  }

  @Test
  void releasesOnlyWhatIsTheNodesOwn() {
    Fence owner = node();
    UUID id = owned(owner, SOON);
    advance(SOON);

    assertThat(journal().release(node(), List.of(id))).isEmpty();
    assertThat(journal().release(new Fence(owner.node(), owner.epoch() + 1), List.of(id)))
        .isEmpty();
    assertThat(saga(id).owner()).isEqualTo(owner.node());
  }

  @Test
  void anyProcessTakesAwayWhatAnotherIsStuckOn() {
    // given: three stuck sagas of two nodes, and one that is not
    UUID second = owned(node(), SOON.plusMillis(2));
    UUID first = owned(node(), SOON.plusMillis(1));
    UUID third = owned(node(), SOON.plusMillis(3));
    UUID moving = owned(node(), LATER);

    // when
    advance(SOON.multipliedBy(2));

    // then: other tests' sagas may be among them
    assertThat(journal().releaseStuck(10_000))
        .containsSubsequence(first, second, third)
        .doesNotContain(moving);
    assertThat(journal().releaseStuck(10_000)).isEmpty();
    assertThat(saga(first).owner()).isNull();
    assertThat(saga(moving).owner()).isNotNull();
  }

  @Test
  void takesAwayNoMoreThanTheLimit() {
    Fence fence = node();
    owned(fence, SOON);
    owned(fence, SOON);
    advance(SOON);

    assertThat(journal().releaseStuck(1)).hasSize(1);
  }

  @Test
  void givesMoreTimeToItsOwnerAlone() {
    // given
    Fence fence = node();
    UUID id = owned(fence, SOON);
    Instant before = moveBy(id);

    // when, then
    assertThat(journal().extend(node(), List.of(id), LATER)).as("not its owner").isEmpty();
    assertThat(moveBy(id)).isEqualTo(before);
    assertThat(journal().extend(fence, List.of(id), Duration.ofMillis(1)))
        .as("never shorter")
        .containsExactly(id);
    assertThat(moveBy(id)).isEqualTo(before);
    assertThat(journal().extend(fence, List.of(id, newId()), LATER)).containsExactly(id);
    assertThat(moveBy(id)).isAfterOrEqualTo(saga(id).createdAt().plus(LATER));
    advance(SOON);
    assertThat(journal().release(fence, List.of(id))).isEmpty();
    assertThat(saga(id).revision()).as("its owner need not know").isEqualTo(1);
  }

  @Test
  void aSignalChangesNothingAboutIt() {
    Fence fence = node();
    UUID id = owned(fence, SOON);
    Instant before = moveBy(id);

    journal().signal(id, new Signal(Signal.Kind.CANCEL, "now", "me"));

    assertThat(moveBy(id)).isEqualTo(before);
    advance(SOON);
    assertThat(journal().release(fence, List.of(id))).containsExactly(id);
    assertThat(journal().claimDue(fence, sagas.runnable(), 1))
        .singleElement()
        .returns(1, SagaInstance::signals);
  }

  @Test
  void aSagaThatANodeLeftBehindHasNoTimeAnyMore() {
    Fence fence = node();
    UUID id = owned(fence, LATER);

    storage().nodes().retire(fence);

    assertThat(saga(id).moveBy()).isNull();
    assertThat(saga(id).owner()).isNull();
  }
}
