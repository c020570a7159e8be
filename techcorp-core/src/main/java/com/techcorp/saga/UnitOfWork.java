package com.techcorp.saga;

import com.techcorp.error.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the effects of many sagas in one transaction. The only place that talks to the storage's
 * wire for writing.
 *
 * <p>A work whose guards do not hold is {@link Verdict.Refused} while the others commit; who gets
 * the last unit is decided in the order of the batch. All implementations take their locks in one
 * order: fence, idempotency keys, saga rows, order rows, stock by product, the rest.
 *
 * <p>Thread-safe. A process killed at any instruction leaves a batch written whole or not at all.
 */
public interface UnitOfWork {
  /**
   * Commits a batch.
   *
   * @param fence the lease under which the engine writes, or null for a write that belongs to no
   *     node (goods in, an admin's note)
   * @param batch the works, in arrival order; each id at most once
   * @return one verdict a work, in the same order
   * @throws com.techcorp.error.Fenced if the lease was lost; nothing was written
   * @throws NotWritten if the storage surely wrote nothing, for a reason that may pass
   * @throws Unavailable if the storage did not say what became of the batch; whether it was written
   *     is <em>not known</em>
   * @throws com.techcorp.error.WiringError if something that the batch needs is not set up; nothing
   *     was written
   * @throws UnstorableData if the storage refuses the data of some work; nothing was written, and a
   *     batch of more than one should be repeated one by one
   */
  List<Verdict> commit(@Nullable Fence fence, List<Work> batch);

  /**
   * Whether this work is likely to be refused or to meet a locked row, by what this storage saw a
   * moment ago. The engine commits such works in batches of their own, so that others do not share
   * their trouble. Only a hint; called often, so it must be fast.
   *
   * @param work to be committed soon
   * @return false by default
   */
  default boolean needsCare(Work work) {
    return false;
  }

  /**
   * Nothing was written, for a reason that may pass: no connection could be had, or the storage
   * itself reports a time-out, a deadlock, or that it is read-only. The same batch may be tried
   * again under the same lease. Every other {@link Unavailable} leaves open what was written.
   */
  final class NotWritten extends Unavailable {
    private static final long serialVersionUID = 1L;

    /**
     * With what the storage said.
     *
     * @param message what stood in the way
     * @param cause the storage's error, or null
     */
    public NotWritten(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The storage refuses data (a constraint, an unreadable value); nothing was written. */
  final class UnstorableData extends com.techcorp.error.TechCorpException {
    private static final long serialVersionUID = 1L;

    /**
     * With what the storage said.
     *
     * @param message what was refused, without the data itself
     * @param cause the storage's error, or null
     */
    public UnstorableData(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
