package com.techcorp.saga.spi;

import com.techcorp.error.Failure;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StartedSaga;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The engine's commands, for the library's own services: their writes share transactions with the
 * sagas' and obey the same fence and lock order. Thread-safe.
 */
public interface CommandExecutor {
  /**
   * A place among what is in flight. Closing it gives it back, unless a saga that began took it
   * along.
   */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place, before anything is read or drawn for what will need it: a refusal costs nothing.
   *
   * @return the place; the caller closes it
   * @throws com.techcorp.error.OverloadedException if the engine has as much in flight as it may
   *     hold
   */
  Place enter();

  /**
   * Starts a saga and waits until its beginning is durable or refused.
   *
   * @param place of {@link #enter}; if a saga has taken it along already, a further one is taken
   * @param definition a registered definition
   * @param id the saga's id
   * @param data its data
   * @param <D> the saga's data
   * @return whether it was refused
   * @throws com.techcorp.error.OverloadedException if a further place was needed and there is none
   * @throws com.techcorp.error.UnavailableException if its fate is not known
   */
  <D> StartedSaga begin(Place place, SagaDefinition<D> definition, UUID id, D data);

  /**
   * Starts a saga, as {@link #begin} does, without waiting.
   *
   * @param place of {@link #enter}; if a saga has taken it along already, a further one is taken
   * @param definition a registered definition
   * @param id the saga's id
   * @param data its data
   * @param <D> the saga's data
   * @return completes once the beginning is durable; a refusal or {@link
   *     com.techcorp.error.UnavailableException} comes on a thread that may block
   * @throws com.techcorp.error.OverloadedException if a further place was needed and there is none
   */
  <D> CompletableFuture<StartedSaga> beginAsync(
      Place place, SagaDefinition<D> definition, UUID id, D data);

  /**
   * Commits one write set and waits for it.
   *
   * @param writeSet what to write
   * @return why it was refused, or null: it is durable
   * @throws com.techcorp.error.OverloadedException if the engine has as much in flight as it may
   *     hold
   * @throws com.techcorp.error.UnavailableException if its fate is not known
   */
  @Nullable Failure write(WriteSet writeSet);

  /**
   * Waits as long as a caller may wait ({@link EngineOptions#placeTimeout}).
   *
   * @param future what to wait for
   * @param <T> what it gives
   * @return its value
   * @throws com.techcorp.error.UnavailableException if that takes longer
   */
  <T> T await(CompletableFuture<T> future);

  /**
   * Gives a future the time that a caller has, for one who does not wait for it.
   *
   * @param future what is waited for; fails with {@link com.techcorp.error.UnavailableException} if
   *     it takes longer
   */
  void limit(CompletableFuture<?> future);

  /**
   * Runs something that may block, on a thread of the engine's.
   *
   * @param task what to run
   */
  void run(Runnable task);

  /**
   * Returns how many sagas this process holds in memory.
   *
   * @return at most the engine's bound
   */
  int inFlight();

  /**
   * Waits on the calling thread, which should hold no place. An interruption ends the wait.
   *
   * @param wait how long
   */
  void pause(Duration wait);

  /**
   * Runs something later, or when the engine closes if that is earlier.
   *
   * @param wait how long to wait
   * @param action must not block
   */
  void later(Duration wait, Runnable action);

  /** Something was just made due: look for it now instead of at the next poll. */
  void wakeUp();
}
