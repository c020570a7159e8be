package com.techcorp.order.internal;

import com.techcorp.saga.CommandLane;
import com.techcorp.saga.Failure;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.Work;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A lane of which a test uses only what it overrides. */
abstract class UnusedLane implements CommandLane {
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
  public @Nullable Failure write(Work work) {
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
  public void poke() {
    throw unused();
  }
}
