package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaInstance;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a {@link NodeRegistry} promises. */
public abstract class NodeRegistryContract extends StorageContract {
  private final SagaFixture sagas = new SagaFixture();

  /** For subclasses. */
  protected NodeRegistryContract() {}

  private NodeRegistry nodes() {
    return storage().nodes();
  }

  private UUID ownedBy(Fence fence) {
    UUID id = newId();
    assertCommitted(commitAs(fence, sagas.create(id, SagaFixture.running("pay"))));
    return id;
  }

  private SagaInstance saga(UUID id) {
    return storage().journal().find(id).orElseThrow();
  }

  @Test
  void registersFreshNodes() {
    Fence first = nodes().register("contract", LEASE);
    Fence second = nodes().register("contract", LEASE);
    assertThat(first.node()).isNotEqualTo(second.node());
  }

  @Test
  void renewsALeaseThatStands() {
    // given
    Fence fence = nodes().register("contract", LEASE);

    // when
    advance(LEASE.minusSeconds(1));
    boolean renewed = nodes().renew(fence, LEASE);
    advance(LEASE.minusSeconds(1));

    // then
    assertThat(renewed).isTrue();
    assertThat(nodes().renew(fence, LEASE)).isTrue();
  }

  @Test
  void neverRenewsALeaseThatRanOut() {
    // given
    Fence fence = nodes().register("contract", LEASE);

    // when
    advance(LEASE);

    // then
    assertThat(nodes().renew(fence, LEASE)).isFalse();
    assertThat(nodes().renew(fence, LEASE.multipliedBy(10))).isFalse();
  }

  @Test
  void neverRenewsALeaseThatWasTakenAway() {
    // given
    Fence fence = nodes().register("contract", LEASE);
    Fence standing = nodes().register("contract", LEASE);

    // when
    nodes().retire(fence);

    // then
    assertThat(nodes().renew(fence, LEASE)).isFalse();
    assertThat(nodes().renew(new Fence(standing.node(), standing.epoch() + 1), LEASE)).isFalse();
    assertThat(nodes().renew(standing, LEASE)).isTrue();
  }

  @Test
  void makesTheSagasOfARetiredNodeDue() {
    // given
    Fence fence = nodes().register("contract", LEASE);
    Fence other = nodes().register("contract", LEASE);
    UUID saga = ownedBy(fence);
    UUID others = ownedBy(other);
    long revision = saga(saga).revision();

    // when
    nodes().retire(fence);

    // then
    SagaInstance free = saga(saga);
    assertThat(free.owner()).isNull();
    assertThat(free.nextRunAt()).isNotNull().isBeforeOrEqualTo(free.readAt());
    assertThat(free.revision()).isGreaterThan(revision);
    assertThat(saga(others).owner()).isEqualTo(other.node());
    assertThat(storage().journal().claimDue(other, sagas.runnable(), 10))
        .extracting(SagaInstance::id)
        .containsExactly(saga);
  }

  @Test
  void retiresTwiceWithoutHarm() {
    // given
    Fence fence = nodes().register("contract", LEASE);
    Fence other = nodes().register("contract", LEASE);
    UUID saga = ownedBy(fence);
    nodes().retire(fence);
    storage().journal().claimDue(other, sagas.runnable(), 10);

    // when
    nodes().retire(fence);
    nodes().retire(new Fence(other.node(), other.epoch() + 1));

    // then
    assertThat(saga(saga).owner()).isEqualTo(other.node());
    assertThat(nodes().renew(other, LEASE)).isTrue();
  }

  @Test
  void retiresNodesWhoseLeaseRanOut() {
    // given
    nodes().retireLapsed();
    Fence lapsed = nodes().register("contract", LEASE);
    Fence alsoLapsed = nodes().register("contract", LEASE);
    Fence standing = nodes().register("contract", LEASE.multipliedBy(3));
    List<UUID> orphans = List.of(ownedBy(lapsed), ownedBy(lapsed), ownedBy(alsoLapsed));
    UUID kept = ownedBy(standing);
    assertThat(nodes().retireLapsed()).isZero();

    // when: nodes of other tests may lapse too
    advance(LEASE);
    int freed = nodes().retireLapsed();

    // then
    assertThat(freed).isGreaterThanOrEqualTo(3);
    assertThat(nodes().retireLapsed()).isZero();
    assertThat(saga(kept).owner()).isEqualTo(standing.node());
    assertThat(storage().journal().claimDue(standing, sagas.runnable(), 10))
        .extracting(SagaInstance::id)
        .containsExactlyInAnyOrderElementsOf(orphans);
  }

  @Test
  void freesEachSagaOnceWhenManyRetireTheLapsed() throws Exception {
    // given
    nodes().retireLapsed();
    Fence lapsed = nodes().register("contract", LEASE);
    for (int i = 0; i < 10; i++) {
      ownedBy(lapsed);
    }

    // when
    advance(LEASE);
    List<Integer> freed = Threads.together(4, thread -> () -> nodes().retireLapsed());

    // then
    assertThat(freed.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(10);
    Fence fresh = nodes().register("contract", LEASE);
    assertThat(storage().journal().claimDue(fresh, sagas.runnable(), 100)).hasSize(10);
    assertThat(storage().journal().claimDue(fresh, sagas.runnable(), 100)).isEmpty();
  }
}
