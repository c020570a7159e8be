package com.techcorp.saga;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine's lane, for the library's own services: their writes share transactions with the
 * sagas' and obey the same fence and lock order. Thread-safe.
 */
public interface CommandLane {
  /**
   * Starts a saga and waits until its beginning is durable or refused.
   *
   * @param definition a registered definition
   * @param id the saga's id
   * @param data its data
   * @param <D> the saga's data
   * @return whether it was refused
   * @throws com.techcorp.error.Overloaded if the engine has as much in flight as it may hold
   * @throws com.techcorp.error.Unavailable if its fate is not known
   */
  <D> StartedSaga begin(SagaDefinition<D> definition, UUID id, D data);

  /**
   * Commits one work and waits for it.
   *
   * @param work what to write
   * @return why it was refused, or null: it is durable
   * @throws com.techcorp.error.Overloaded if the engine has as much in flight as it may hold
   * @throws com.techcorp.error.Unavailable if its fate is not known
   */
  @Nullable Failure write(Work work);

  /**
   * Refuses at once, before anything is read or drawn for it, what {@link #begin} would refuse now.
   * Cheap, and no promise that there is room a moment later.
   *
   * @throws com.techcorp.error.Overloaded if the engine has as much in flight as it may hold
   */
  void requireRoom();

  /** Something was just made due: look for it now instead of at the next poll. */
  void poke();
}
