package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a saga's position as journal effects, and reads it back. Pure. */
final class JournalEntries {
  private final Duration lease;

  JournalEntries(Duration lease) {
    this.lease = lease;
  }

  /**
   * Returns the write of a saga that stays with this node, which is about to make the current
   * step's call.
   */
  <D> Effect owned(LiveSaga<D> saga, @Nullable Duration decideWithin) {
    return entry(saga, true, null, decideWithin);
  }

  /**
   * Returns the time that a step may take, its call and the following commit, before its saga
   * counts as stuck.
   */
  static Duration moveWithin(Step<?> step, Duration lease) {
    return step instanceof RemoteStep<?> remote ? remote.timeout().plus(lease) : lease;
  }

  /** Returns the write of a saga that is due later, for any node. */
  <D> Effect due(LiveSaga<D> saga, Duration in) {
    return entry(saga, saga.undecided(), in, null);
  }

  /**
   * Returns the same as {@link #due}, and requests since the last write take effect when the saga
   * continues.
   */
  <D> Effect dueUnheeded(LiveSaga<D> saga, int asked, Duration in) {
    SagaEffect.Advance due = (SagaEffect.Advance) due(saga, in);
    return new SagaEffect.Advance(
        due.id(), due.revision(), saga.signals() + asked, saga.signals(), due.position());
  }

  /** Returns the write of a saga that waits for an operator and keeps its direction. */
  <D> Effect parked(LiveSaga<D> saga, SagaState direction) {
    return entry(saga, saga.undecided(), null, null, direction);
  }

  /** Returns the writes by which a saga leaves the journal. */
  <D> List<Effect> ended(LiveSaga<D> saga) {
    List<Effect> effects = new ArrayList<>();
    SagaDefinition<D> definition = saga.definition();
    if (definition.history() == null) {
      effects.add(
          new SagaEffect.Archive(
              saga.id(), definition.name(), definition.version(), saga.failure()));
    }
    if (saga.stored()) {
      effects.add(new SagaEffect.Finish(saga.id(), saga.revision(), saga.signals()));
    }
    return effects;
  }

  private <D> Effect entry(
      LiveSaga<D> saga,
      boolean undecided,
      @Nullable Duration runIn,
      @Nullable Duration decideWithin) {
    return entry(saga, undecided, runIn, decideWithin, saga.state());
  }

  private <D> Effect entry(
      LiveSaga<D> saga,
      boolean undecided,
      @Nullable Duration runIn,
      @Nullable Duration decideWithin,
      SagaState direction) {
    SagaPosition position =
        new SagaPosition(
            saga.current().name(),
            saga.state(),
            direction == SagaState.COMPENSATING,
            new SagaPosition.Call(saga.attempt(), undecided, printable(saga.lastError())),
            SagaEffect.Create.written(saga.definition(), saga.data()),
            saga.failure(),
            new SagaPosition.Timing(runIn, decideWithin, moveWithin(saga.current(), lease)));
    SagaDefinition<D> definition = saga.definition();
    return saga.stored()
        ? new SagaEffect.Advance(saga.id(), saga.revision(), saga.signals(), position)
        : new SagaEffect.Create(
            saga.id(),
            definition.name(),
            definition.version(),
            definition.history() == null,
            position);
  }

  /** Returns the saga that a claim brought, or an error if its data cannot be read. */
  <D> LiveSaga<D> read(SagaDefinition<D> definition, SagaInstance stored) {
    SagaPosition position = stored.position();
    D data;
    try {
      data = definition.dataFormat().read(position.data(), definition.dataType());
    } catch (VirtualMachineError e) {
      throw e; // of the process and not of the data: its message is the JVM's
    } catch (Throwable e) {
      // Not as the cause: a parser's own message quotes the data, which may hold a card token.
      throw new UnstorableDataException(
          "the data of saga "
              + stored.id()
              + " cannot be read as "
              + definition.dataType().getName()
              + " ("
              + e.getClass().getSimpleName()
              + ")",
          null);
    }
    return new LiveSaga<>(
        new LiveSaga.Identity<>(definition, stored.id()),
        data,
        new LiveSaga.Position(
            definition.indexOf(position.step()),
            position.state(),
            position.attempt(),
            position.undecided(),
            position.failure(),
            position.lastError()),
        new LiveSaga.Progress(
            stored.revision(),
            stored.handled(),
            true,
            stored.deadlinePassed(),
            Duration.between(stored.createdAt(), stored.readAt())));
  }

  /**
   * PostgreSQL refuses NUL in text, and an error's text must not keep the saga from being parked.
   */
  static @Nullable String printable(@Nullable String error) {
    if (error == null) {
      return null;
    }
    String clean = error.replace('\0', '?');
    return clean.length() > 1000 ? clean.substring(0, 1000) + "…" : clean;
  }
}
