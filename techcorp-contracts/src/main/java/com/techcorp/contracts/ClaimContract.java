package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.FencedException;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.saga.spi.SagaJournal.Claimable;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a {@link SagaJournal} promises to nodes that look for work at the same time. */
public abstract class ClaimContract extends StorageContract {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final SagaFixture sagas = new SagaFixture();

  /** For subclasses. */
  protected ClaimContract() {}

  private SagaJournal journal() {
    return storage().journal();
  }

  private Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  private UUID due(Duration in) {
    UUID id = newId();
    write(sagas.create(id, SagaFixture.due("pay", in)));
    return id;
  }

  private List<UUID> claim(Fence fence, int limit) {
    return journal().claimDue(fence, sagas.runnable(), limit).stream()
        .map(SagaInstance::id)
        .toList();
  }

  @Test
  void claimsWhatIsDueWhenItIsDue() {
    // given
    Fence fence = node();
    UUID later = due(SOON.multipliedBy(2));
    UUID sooner = due(SOON);

    // when, then
    assertThat(claim(fence, 10)).isEmpty();
    advance(SOON);
    assertThat(claim(fence, 10)).containsExactly(sooner);
    advance(SOON);
    assertThat(claim(fence, 10)).containsExactly(later);
    assertThat(claim(fence, 10)).isEmpty();
  }

  @Test
  void claimsTheLongestDueFirst() {
    // given
    UUID third = due(SOON.plusMillis(3));
    UUID first = due(SOON.plusMillis(1));
    UUID second = due(SOON.plusMillis(2));

    // when
    advance(SOON.multipliedBy(2));

    // then
    assertThat(claim(node(), 2)).containsExactly(first, second);
    assertThat(claim(node(), 2)).containsExactly(third);
  }

  @Test
  void givesAClaimedSagaToItsNode() {
    // given
    Fence fence = node();
    UUID id = due(Duration.ZERO);

    // when
    SagaInstance claimed = journal().claimDue(fence, sagas.runnable(), 10).get(0);

    // then: the row counts as undecided from here on, the claim tells what it was
    assertThat(claimed)
        .returns(fence.node(), SagaInstance::owner)
        .returns(null, SagaInstance::nextRunAt)
        .returns(2L, SagaInstance::revision);
    assertThat(claimed.position()).isEqualTo(SagaFixture.running("pay"));
    SagaInstance row = journal().find(id).orElseThrow();
    assertThat(row.position().undecided()).isTrue();
    assertThat(row.owner()).isEqualTo(fence.node());
    assertThat(row.revision()).isEqualTo(claimed.revision());
    assertCommitted(
        commitAs(
            fence,
            new SagaEffect.Advance(id, claimed.revision(), 0, SagaFixture.running("confirm"))));
  }

  @Test
  void tellsTheNextClaimThatACallMayHaveBeenSent() {
    // given
    Fence crashed = node();
    due(Duration.ZERO);
    assertThat(claim(crashed, 10)).hasSize(1);

    // when
    storage().nodes().retire(crashed);

    // then
    assertThat(journal().claimDue(node(), sagas.runnable(), 10))
        .singleElement()
        .satisfies(saga -> assertThat(saga.position().undecided()).isTrue());
  }

  @Test
  void claimsOnlyWhatTheBuildCanRun() {
    // given
    Fence fence = node();
    UUID id = due(Duration.ZERO);

    // when, then
    for (List<Claimable> other :
        List.of(
            List.<Claimable>of(),
            List.of(claimable(sagas.definition, SagaFixture.VERSION + 1)),
            List.of(claimable(sagas.definition + "x", SagaFixture.VERSION)))) {
      assertThat(journal().claimDue(fence, other, 10)).isEmpty();
    }
    List<Claimable> several =
        List.of(
            claimable(sagas.definition, 1),
            claimable(sagas.definition, SagaFixture.VERSION),
            claimable("contract-none", 1));
    assertThat(journal().claimDue(fence, several, 10))
        .extracting(SagaInstance::id)
        .containsExactly(id);
  }

  @Test
  void leavesToOthersWhatItIsToLeave() {
    // given
    Fence fence = node();
    UUID left = due(Duration.ZERO);
    UUID taken = due(Duration.ZERO);

    // when, then
    assertThat(journal().claimDue(fence, sagas.runnable(), 10, Set.of(left, newId())))
        .extracting(SagaInstance::id)
        .containsExactly(taken);
    assertThat(claim(node(), 10)).containsExactly(left);
  }

  private static Claimable claimable(String definition, int version) {
    return new Claimable(definition, version, SagaFixture.CLAIMED_FOR);
  }

  @Test
  void fencesTheFormerOwnerOff() {
    // given
    Fence former = node();
    UUID id = newId();
    assertCommitted(commitAs(former, sagas.create(id, SagaFixture.running("pay"))));

    // when
    storage().nodes().retire(former);
    Fence next = node();
    assertThat(claim(next, 10)).containsExactly(id);

    // then: nothing of the former owner is left that the next one could take for its own
    CommitResult stale =
        commitAs(next, new SagaEffect.Advance(id, 1, 0, SagaFixture.running("confirm")));
    assertRefused(stale, 0, SagaEffect.STALE);
  }

  @Test
  void claimsCompensatingSagasToo() {
    UUID id = newId();
    write(
        sagas.create(
            id, SagaFixture.position("pay", SagaState.COMPENSATING, Duration.ZERO, null, null)));
    assertThat(claim(node(), 10)).containsExactly(id);
  }

  @Test
  void givesEachSagaToOneNode() throws Exception {
    // given
    int count = 200;
    List<WriteSet> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = newId();
      batch.add(WriteSet.of(id, sagas.create(id, SagaFixture.due("pay", Duration.ZERO))));
    }
    assertThat(commit(null, batch)).allSatisfy(StorageContract::assertCommitted);
    List<Fence> nodes = List.of(node(), node());

    // when
    List<List<SagaInstance>> claimed =
        Threads.together(8, thread -> () -> claimAll(nodes.get(thread % 2)));

    // then
    assertThat(claimed.stream().flatMap(List::stream))
        .hasSize(count)
        .extracting(SagaInstance::id)
        .doesNotHaveDuplicates();
    for (int thread = 0; thread < claimed.size(); thread++) {
      Integer node = nodes.get(thread % 2).node();
      assertThat(claimed.get(thread))
          .allSatisfy(
              saga -> assertThat(journal().find(saga.id()).orElseThrow().owner()).isEqualTo(node));
    }
  }

  private List<SagaInstance> claimAll(Fence fence) {
    List<SagaInstance> mine = new ArrayList<>();
    List<SagaInstance> more;
    do {
      more = journal().claimDue(fence, sagas.runnable(), 7);
      mine.addAll(more);
    } while (!more.isEmpty());
    return mine;
  }

  @Test
  void losesNoSignalToARacingOwner() throws Exception {
    // given
    Fence fence = node();
    UUID id = newId();
    assertCommitted(commitAs(fence, sagas.create(id, SagaFixture.running("pay"))));
    Signal signal = new Signal(Signal.Kind.CANCEL, "now", "me");

    // when: the owner ends the saga while it is signalled
    List<Boolean> done =
        Threads.together(
            2,
            thread ->
                () ->
                    thread == 0
                        ? journal().signal(id, signal)
                        : commitAs(fence, new SagaEffect.Finish(id, 1, 0))
                            instanceof CommitResult.Committed);

    // then: one of the two was first and the other knows it
    assertThat(done).containsExactlyInAnyOrder(true, false);
    assertThat(journal().find(id).isPresent()).isEqualTo(done.get(0));
  }

  @Test
  void tellsWhichDefinitionsLiveSagasNeed() {
    // given
    due(SOON);
    due(SOON);
    write(sagas.create(newId(), SagaFixture.parked("confirm", null)));

    // when, then
    assertThat(journal().needed())
        .containsEntry(new SagaJournal.Needed(sagas.definition, SagaFixture.VERSION, "pay"), 2L)
        .containsEntry(
            new SagaJournal.Needed(sagas.definition, SagaFixture.VERSION, "confirm"), 1L);
  }

  @Test
  void claimsNothingForANodeThatLostItsLease() {
    // given
    Fence fence = node();
    UUID id = due(Duration.ZERO);

    // when
    storage().nodes().retire(fence);

    // then
    assertThatExceptionOfType(FencedException.class)
        .isThrownBy(() -> journal().claimDue(fence, sagas.runnable(), 10));
    assertThat(journal().find(id).orElseThrow().owner()).isNull();
  }
}
