package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import java.util.Optional;

/**
 * Writes a host's own effects in memory, as its contribution to the unit of work does in a
 * database. Called under the storage's one lock, so it needs none of its own and must not block.
 *
 * <pre>{@code
 * storage.handle(AwardPoints.class, (effect, transaction) -> {
 *   Long before = points.put(effect.customer(), effect.points());
 *   transaction.onRollback(() -> points.replace(effect.customer(), before));
 *   return Optional.empty();
 * });
 * }</pre>
 *
 * @param <E> the effect's record
 */
@FunctionalInterface
public interface MemoryHandler<E extends Effect> {
  /**
   * Writes an effect, or refuses it.
   *
   * @param effect what to write
   * @param transaction takes the way back, before anything is changed
   * @return why the effect is refused, with nothing changed; empty: it is written
   * @throws com.techcorp.storage.UnitOfWork.UnstorableDataException if the data cannot be stored:
   *     the whole batch is taken back
   */
  Optional<Failure> write(E effect, MemoryTransaction transaction);
}
