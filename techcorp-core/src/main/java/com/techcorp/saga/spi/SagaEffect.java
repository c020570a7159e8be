package com.techcorp.saga.spi;

import com.techcorp.error.Failure;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write to the journal of sagas. Each change is a compare-and-set on owner and revision, which
 * {@link JournalRules} decide.
 */
public sealed interface SagaEffect extends Effect {
  /**
   * The refusal code of a saga that is no longer as this process knows it (or no longer its own).
   */
  String STALE = "STALE";

  /** The refusal code of a saga that was sent a signal which its owner has not read yet. */
  String SIGNALLED = "SIGNALLED";

  /**
   * Returns the saga's id.
   *
   * @return its id
   */
  UUID id();

  /**
   * Creates a saga in the journal.
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
      implements SagaEffect {
    /**
     * Returns a saga that no node owns and that is due at once, for a transaction in which no
     * engine takes part.
     *
     * @param saga its definition
     * @param step the step at which it begins
     * @param id its id
     * @param data its data
     * @param <D> the saga's data
     * @return the effect that creates it
     * @throws UnstorableDataException if its data cannot be written
     */
    public static <D> Create due(SagaDefinition<D> saga, Step<D> step, UUID id, D data) {
      return new Create(
          id,
          saga.name(),
          saga.version(),
          saga.history() == null,
          new SagaPosition(
              step.name(),
              SagaState.RUNNING,
              0,
              false,
              Duration.ZERO,
              step instanceof RemoteStep<D> remote ? remote.decisionLimit(data) : null,
              written(saga, data),
              null,
              null));
    }

    /**
     * Returns a saga's data as it is stored.
     *
     * @param saga its definition
     * @param data its data
     * @param <D> the saga's data
     * @return a JSON value
     * @throws UnstorableDataException if it cannot be written; does not quote the data
     */
    public static <D> String written(SagaDefinition<D> saga, D data) {
      try {
        return saga.dataFormat().write(data);
      } catch (VirtualMachineError e) {
        throw e; // of the process and not of the data: its message is the JVM's
      } catch (Throwable e) {
        // Not as the cause: its message may quote the data.
        throw new UnstorableDataException(
            "saga data of "
                + saga.dataType().getName()
                + " cannot be written as JSON ("
                + e.getClass().getSimpleName()
                + ")",
            null);
      }
    }
  }

  /**
   * A live saga moves.
   *
   * @param id its id
   * @param revision the revision this process last saw
   * @param signals how many signals this process knows of; refused as {@link #SIGNALLED} if there
   *     are more
   * @param handled how many of them the saga has acted on; the rest take effect when it continues
   * @param position where it stands now
   */
  record Advance(UUID id, long revision, int signals, int handled, SagaPosition position)
      implements SagaEffect {
    /**
     * Creates a move of a saga that has acted on every signal this process knows of.
     *
     * @param id its id
     * @param revision the revision this process last saw
     * @param signals how many signals the saga has acted on
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
