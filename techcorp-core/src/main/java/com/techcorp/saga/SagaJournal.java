package com.techcorp.saga;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The live sagas, as a storage keeps them. Written through {@link SagaEffect}s in a unit of work;
 * read, claimed and signalled here. Thread-safe. Every method throws {@link
 * com.techcorp.error.Unavailable} when the storage cannot be reached.
 */
public interface SagaJournal {
  /**
   * Reads one saga.
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
   * @param runnable the definitions this build can run: name to versions
   * @param limit how many at the most
   * @return what was claimed, with its new revision
   * @throws com.techcorp.error.Fenced if the lease was lost
   */
  List<SagaInstance> claimDue(Fence fence, Map<String, List<Integer>> runnable, int limit);

  /**
   * Records a signal and makes the saga due if nobody owns it; a parked one goes on in the
   * direction it had. Committed when this returns.
   *
   * @param id the saga
   * @param signal what is asked
   * @return false if there is no such live saga; then nothing was written
   */
  boolean signal(UUID id, Signal signal);

  /**
   * The signals ever sent to a saga, oldest first.
   *
   * @param id the saga
   * @return its signals
   */
  List<Signal> signals(UUID id);

  /**
   * How finished sagas ended, as far as their definition keeps its history here.
   *
   * @param ids sagas somebody waits for
   * @return the outcomes of those that are in the history
   */
  Map<UUID, SagaOutcome> ended(Collection<UUID> ids);

  /**
   * Which definitions live sagas need, with how many they are.
   *
   * @return one entry a (definition, version, step)
   */
  Map<Needed, Long> needed();

  /**
   * A definition that live sagas were written with.
   *
   * @param definition its name
   * @param version its version
   * @param step the step they stand at
   */
  record Needed(String definition, int version, String step) {}
}
