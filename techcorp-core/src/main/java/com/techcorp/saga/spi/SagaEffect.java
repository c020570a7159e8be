package com.techcorp.saga.spi;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaPosition;
import com.techcorp.storage.Effect;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the engine writes of a saga itself. Each change is a compare-and-set on owner and revision.
 */
public sealed interface SagaEffect extends Effect {
  /**
   * The refusal code of a saga that is no longer as this process knows it (or no longer its own).
   */
  String STALE = "STALE";

  /** The refusal code of a saga that was sent a signal which its owner has not read yet. */
  String SIGNALLED = "SIGNALLED";

  /**
   * A new saga.
   *
   * @param id its id
   * @param definition the definition's name
   * @param version the definition's version
   * @param archived whether it will leave an {@link Archive} when it ends, and must not begin if
   *     there is one; false if the definition keeps a history of its own, which then is to refuse a
   *     second beginning
   * @param position where it stands
   */
  record Create(UUID id, String definition, int version, boolean archived, SagaPosition position)
      implements SagaEffect {}

  /**
   * A live saga moves.
   *
   * @param id its id
   * @param revision the revision this process last saw
   * @param signals how many signals this process knows of; refused as {@link #SIGNALLED} if there
   *     are more
   * @param handled how many of them the saga has heeded; the others are heeded when it goes on
   * @param position where it stands now
   */
  record Advance(UUID id, long revision, int signals, int handled, SagaPosition position)
      implements SagaEffect {
    /**
     * A saga moves that has heeded every signal this process knows of.
     *
     * @param id its id
     * @param revision the revision this process last saw
     * @param signals how many signals were heeded
     * @param position where it stands now
     */
    public Advance(UUID id, long revision, int signals, SagaPosition position) {
      this(id, revision, signals, signals, position);
    }
  }

  /**
   * A saga ends and leaves the journal.
   *
   * @param id its id
   * @param revision the revision this process last saw
   * @param signals as for {@link Advance}
   */
  record Finish(UUID id, long revision, int signals) implements SagaEffect {}

  /**
   * A line in the history of finished sagas.
   *
   * @param id the saga
   * @param definition its definition's name
   * @param version its definition's version
   * @param failure why it was compensated; null: it completed
   */
  record Archive(UUID id, String definition, int version, @Nullable Failure failure)
      implements SagaEffect {}
}
