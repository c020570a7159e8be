package com.techcorp.storage;

import com.techcorp.error.UnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the effects of many sagas in one transaction. The only place that talks to the storage's
 * wire for writing.
 *
 * <p>A write set whose guards do not hold is {@link CommitResult.Refused} while the others commit;
 * who gets the last unit is decided in the order of the batch. All implementations take their locks
 * in one order: fence, idempotency keys, sagas, orders, payments, messages, and last stock, by
 * product, which most batches have in common.
 *
 * <p>Thread-safe. A process killed at any instruction leaves a batch written whole or not at all.
 */
public interface UnitOfWork {
  /**
   * Commits a batch of write sets in one transaction.
   *
   * @param fence the lease under which the engine writes, or null for a write that belongs to no
   *     node (goods in, an admin's note)
   * @param batch the write sets, in arrival order; each id at most once
   * @return one result a write set, in the same order
   * @throws com.techcorp.error.FencedException if the lease was lost; nothing was written
   * @throws NotWrittenException if the storage surely wrote nothing, for a reason that may pass
   * @throws UnavailableException if the storage did not say what became of the batch; whether it
   *     was written is <em>not known</em>
   * @throws com.techcorp.error.WiringException if something that the batch needs is not set up;
   *     nothing was written
   * @throws UnstorableDataException if the storage refuses the data of some write set; nothing was
   *     written, and a batch of more than one should be repeated one by one
   */
  List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch);

  /**
   * Returns whether this write set is likely to be refused or to meet a locked row, by what this
   * storage saw a moment ago. The engine commits such write sets in batches of their own, so that
   * others do not share their trouble. Only a hint; called often, so it must be fast.
   *
   * @param writeSet to be committed soon
   * @return false by default
   */
  default boolean needsCare(WriteSet writeSet) {
    return false;
  }

  /**
   * Nothing was written, for a reason that may pass: no connection could be had, or the storage
   * itself reports a time-out, a deadlock, or that it is read-only. The same batch may be tried
   * again under the same lease. Every other {@link UnavailableException} leaves open what was
   * written.
   */
  final class NotWrittenException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception with the storage's message and its cause.
     *
     * @param message what stood in the way
     * @param cause the storage's error, or null
     */
    public NotWrittenException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The storage refuses data (a constraint, an unreadable value); nothing was written. */
  final class UnstorableDataException extends com.techcorp.error.TechCorpException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception with the storage's message and its cause.
     *
     * @param message what was refused, without the data itself
     * @param cause the storage's error, or null
     */
    public UnstorableDataException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
