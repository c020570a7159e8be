package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A commands of which a test uses only what it overrides. */
abstract class UnusedCommandExecutor implements CommandExecutor {
  private static AssertionError unused() {
    return new AssertionError("what is tested does not need this");
  }

  @Override
  public Place enter() {
    throw unused();
  }

  @Override
  public <D> StartedSaga begin(Place place, SagaDefinition<D> definition, UUID id, D data) {
    throw unused();
  }

  @Override
  public <D> CompletableFuture<StartedSaga> beginAsync(
      Place place, SagaDefinition<D> definition, UUID id, D data) {
    throw unused();
  }

  @Override
  public @Nullable Failure write(WriteSet writeSet) {
    throw unused();
  }

  @Override
  public <T> T await(CompletableFuture<T> future) {
    throw unused();
  }

  @Override
  public void limit(CompletableFuture<?> future) {
    throw unused();
  }

  @Override
  public void run(Runnable task) {
    throw unused();
  }

  @Override
  public int inFlight() {
    throw unused();
  }

  @Override
  public void pause(Duration wait) {
    throw unused();
  }

  @Override
  public void later(Duration wait, Runnable action) {
    throw unused();
  }

  @Override
  public void wakeUp() {
    throw unused();
  }
}
