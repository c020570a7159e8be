package com.techcorp.storage;

import com.techcorp.error.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of committing a {@link WriteSet}. */
public sealed interface CommitResult {
  /**
   * All effects are durable.
   *
   * @param eventsAt the time that the storage gave to the events which the write set wrote to the
   *     outbox; null if it does not say, then they are read from there. Without events: anything
   */
  record Committed(@Nullable Instant eventsAt) implements CommitResult {
    /** Creates a result without events, or without their time. */
    public Committed() {
      this(null);
    }
  }

  /**
   * Nothing of this write set was written, because a guard of one effect does not hold; its
   * neighbours in the batch are not affected.
   *
   * @param effect the index in {@link WriteSet#effects()} of the effect that was refused
   * @param failure why
   */
  record Refused(int effect, Failure failure) implements CommitResult {}

  /**
   * The write set was not written, because another transaction keeps a row locked that one effect
   * needs. Nothing is decided: the same write set may be committed later. Its neighbours in the
   * batch are not affected. A unit of work inside a host's own transaction never gives this result.
   *
   * @param effect the index in {@link WriteSet#effects()} of the effect that needs the row; 0 if
   *     that is not known
   * @param failure what is locked: code {@link #LOCKED}, and {@code detail} the row's id if it is
   *     known
   */
  record Busy(int effect, Failure failure) implements CommitResult {
    /** The code of the failure. */
    public static final String LOCKED = "LOCKED";
  }
}
