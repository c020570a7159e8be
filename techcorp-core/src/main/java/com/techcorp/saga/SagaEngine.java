package com.techcorp.saga;

import com.techcorp.storage.UnitOfWork;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Starts sagas and carries them to their end. Thread-safe.
 *
 * <p>Crash-safe: what {@link #start} accepted is carried to its end by this process or by any other
 * that runs on the same storage and has the same definition.
 */
public interface SagaEngine {
  /**
   * Starts a saga and waits until its beginning is durable.
   *
   * @param definition one of those registered with the builder
   * @param id its id, the caller's choice; used once
   * @param data its data
   * @param <D> the saga's data
   * @return how it ends, as {@link #outcome} tells
   * @throws com.techcorp.error.OverloadedException if the engine has as much in flight as it may
   *     hold
   * @throws com.techcorp.error.UnavailableException if the storage could not be reached: ask {@link
   *     SagaAdmin} by the id, or start again with the same id
   * @throws com.techcorp.error.IllegalTransitionException if the id is taken
   */
  <D> CompletableFuture<SagaOutcome> start(SagaDefinition<D> definition, UUID id, D data);

  /**
   * Starts a saga inside the host's own transaction: the saga exists if and when that commits. Its
   * first step runs after the commit, on this process or another.
   *
   * @param transaction the host's transaction, such as {@code PostgresStorage.within(connection)}
   * @param definition one of those registered with the builder
   * @param id its id, the caller's choice; used once
   * @param data its data
   * @param <D> the saga's data
   * @throws com.techcorp.error.IllegalTransitionException if the id is taken; nothing is written
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached; roll back
   */
  <D> void startWithin(UnitOfWork transaction, SagaDefinition<D> definition, UUID id, D data);

  /**
   * How a saga ends, whichever process carries it there. All that wait here share one look at the
   * storage, twice a second.
   *
   * @param definition the saga's definition
   * @param id the saga
   * @param <D> the saga's data
   * @return completes when the saga has ended; cancel it when you no longer wait
   */
  <D> CompletableFuture<SagaOutcome> outcome(SagaDefinition<D> definition, UUID id);
}
