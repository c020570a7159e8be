package com.techcorp.saga.spi;

import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Signal;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The live sagas, as a storage keeps them. Written through {@link SagaEffect}s in a unit of work;
 * read, claimed and signalled here. Thread-safe. Every method throws {@link
 * com.techcorp.error.UnavailableException} when the storage cannot be reached.
 */
public interface SagaJournal {
  /**
   * Looks up a live saga by id.
   *
   * @param id its id
   * @return the saga, or empty if it never was or is finished
   */
  Optional<SagaInstance> find(UUID id);

  /**
   * Lists live sagas for operators, oldest change first.
   *
   * @param filter which
   * @return at most {@link SagaFilter#limit()} sagas
   */
  List<SagaInstance> list(SagaFilter filter);

  /**
   * Takes sagas that are due into this node's ownership; two nodes never get the same one. A
   * claimed saga counts as undecided from here on; the returned position says what it was before.
   *
   * @param fence the claiming node's lease
   * @param runnable the definitions this build can run
   * @param limit how many at the most
   * @return what was claimed, with its new revision
   * @throws com.techcorp.error.FencedException if the lease was lost
   */
  default List<SagaInstance> claimDue(Fence fence, Collection<Claimable> runnable, int limit) {
    return claimDue(fence, runnable, limit, Set.of());
  }

  /**
   * Claims as {@link #claimDue(Fence, Collection, int)} does, leaving some sagas to other nodes.
   *
   * @param fence the claiming node's lease
   * @param runnable the definitions this build can run
   * @param limit how many at the most
   * @param except those that are not claimed; few
   * @return what was claimed, with its new revision
   * @throws com.techcorp.error.FencedException if the lease was lost
   */
  List<SagaInstance> claimDue(
      Fence fence, Collection<Claimable> runnable, int limit, Set<UUID> except);

  /**
   * Takes sagas that did not move in time ({@link SagaInstance#isStuck}) away from their node, one
   * by one and not with the node's lease: each is due at once, for anyone, at a new revision. What
   * the node still writes of them is refused as {@link SagaEffect#STALE}. Committed when this
   * returns; rows that a transaction holds are passed over.
   *
   * @param owner the node that gives them up
   * @param sagas which; those that moved meanwhile, or are not this node's, stay as they are
   * @return those that were taken away
   */
  List<UUID> release(Fence owner, Collection<UUID> sagas);

  /**
   * Like {@link #release}, for the sagas of all nodes. Reads all live sagas: call it rarely.
   *
   * @param limit how many at the most
   * @return those that were taken away, longest stuck first
   */
  List<UUID> releaseStuck(int limit);

  /**
   * Takes sagas away from their node that it owns and cannot go on with, also before they count as
   * stuck: each is due at once, for anyone, at a new revision. Committed when this returns; rows
   * that a transaction holds are passed over, and become due once they count as stuck.
   *
   * @param owner the node that gives them up
   * @param sagas which; those that are not this node's stay as they are
   * @return those that were taken away
   */
  List<UUID> handOver(Fence owner, Collection<UUID> sagas);

  /**
   * Gives a node more time for sagas on which it surely works, such as those whose call waited for
   * a thread. Rows that a transaction holds are passed over.
   *
   * @param owner the node that owns them
   * @param sagas which; those that are not this node's stay as they are
   * @param moveWithin from now; never shortens what they have
   * @return those that have at least that long now
   */
  List<UUID> extend(Fence owner, Collection<UUID> sagas, Duration moveWithin);

  /**
   * Records a signal and makes the saga due if no node owns it; a parked one goes on in the
   * direction it had. Committed when this returns.
   *
   * @param id the saga
   * @param signal what is asked
   * @return false if there is no such live saga; then nothing was written
   */
  boolean signal(UUID id, Signal signal);

  /**
   * Returns the signals ever sent to a saga, oldest first.
   *
   * @param id the saga
   * @return its signals
   */
  List<Signal> signals(UUID id);

  /**
   * Returns how finished sagas ended, as far as their definition keeps its history here.
   *
   * @param ids the sagas that callers wait for
   * @return the outcomes of those that are in the history
   */
  Map<UUID, SagaOutcome> ended(Collection<UUID> ids);

  /**
   * Returns the definitions that live sagas need, with the number of sagas.
   *
   * @return one entry a (definition, version, step)
   */
  Map<Needed, Long> needed();

  /**
   * A definition that a build can run.
   *
   * @param definition its name
   * @param version its version
   * @param moveWithin the time within which a node that claims one of its sagas must move it
   */
  record Claimable(String definition, int version, Duration moveWithin) {}

  /**
   * A definition that live sagas were written with.
   *
   * @param definition its name
   * @param version its version
   * @param step the step they stand at
   */
  record Needed(String definition, int version, String step) {}
}
