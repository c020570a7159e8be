package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.TechCorp;
import com.techcorp.error.Failure;
import com.techcorp.error.NotFoundException;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One saga of your own, told as given, expect, and given: on a storage in memory and a stepped
 * engine, so that nothing waits and nothing depends on chance.
 *
 * <pre>{@code
 * try (SagaScenario<Trip> trip = SagaScenario.of(trips).writing(Note.class)) {
 *   trip.given(new Trip("Ana"))
 *       .expectWritten(new Note("requested"))
 *       .expectWaitingAt("fly")
 *       .andGiven(() -> airline.answers(approved))
 *       .andGivenTime(Duration.ofSeconds(1))
 *       .expectCompleted();
 * }
 * }</pre>
 *
 * <p>What remote steps call is yours: stand-ins that answer as the scenario says. Time passes only
 * with {@link #andGivenTime} and {@link #andGivenStop}. Not thread-safe.
 */
public final class SagaScenario<D> implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofSeconds(1);

  private final SagaDefinition<D> definition;
  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final List<Effect> written = new ArrayList<>();
  private final UUID id = UuidCreator.getTimeOrderedEpoch();
  private SteppedThreads threads = SteppedThreads.on(clock);
  private @Nullable TechCorp engine;
  private int seen;

  private SagaScenario(SagaDefinition<D> definition) {
    this.definition = definition;
  }

  /**
   * A scenario of one saga.
   *
   * @param definition its steps
   * @param <D> its data
   * @return to be given its data
   */
  public static <D> SagaScenario<D> of(SagaDefinition<D> definition) {
    return new SagaScenario<>(definition);
  }

  /**
   * Lets the saga's steps write effects of the host's own.
   *
   * @param effect their record
   * @param <E> their record
   * @return this
   */
  public <E extends Effect> SagaScenario<D> writing(Class<E> effect) {
    storage.handle(
        effect,
        (given, transaction) -> {
          int before = written.size();
          transaction.onRollback(() -> written.subList(before, written.size()).clear());
          written.add(given);
          return Optional.empty();
        });
    return this;
  }

  /**
   * The saga begins, and goes as far as it can without time passing.
   *
   * @param data its data
   * @return this
   */
  public SagaScenario<D> given(D data) {
    engine().sagas().start(definition, id, data);
    threads.run();
    return this;
  }

  /**
   * Something changes in the world; the saga does not notice before time passes.
   *
   * @param change such as a stand-in that answers differently from now on
   * @return this
   */
  public SagaScenario<D> andGiven(Runnable change) {
    change.run();
    return this;
  }

  /**
   * Time passes, second by second.
   *
   * @param time how much
   * @return this
   */
  public SagaScenario<D> andGivenTime(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
      clock.advance(left.compareTo(STEP) < 0 ? left : STEP);
      threads.run();
    }
    return this;
  }

  /**
   * Asks the saga to stop; it compensates as soon as it may.
   *
   * @param reason why
   * @return this
   */
  public SagaScenario<D> andGivenCancelled(String reason) {
    engine().admin().cancel(id, "scenario", reason);
    threads.run();
    return this;
  }

  /**
   * An operator lets a parked or waiting saga try again.
   *
   * @return this
   */
  public SagaScenario<D> andGivenRetried() {
    engine().admin().retry(id, "scenario", "tried again");
    threads.run();
    return this;
  }

  /**
   * The process is killed; another one takes over once the lease has run out.
   *
   * @return this
   */
  public SagaScenario<D> andGivenStop() {
    threads.stop();
    threads = SteppedThreads.on(clock);
    engine = null;
    engine();
    return andGivenTime(LEASE.plus(STEP).plus(STEP));
  }

  /**
   * Expects these writes, in this order and no others, since the last such expectation.
   *
   * @param effects the host's own
   * @return this
   */
  public SagaScenario<D> expectWritten(Effect... effects) {
    List<Effect> fresh = List.copyOf(written.subList(seen, written.size()));
    seen = written.size();
    assertThat(fresh).as("what was written").containsExactly(effects);
    return this;
  }

  /**
   * Expects the saga to wait at a step, to try again later.
   *
   * @param step the step's name
   * @return this
   */
  public SagaScenario<D> expectWaitingAt(String step) {
    SagaInstance saga = live();
    assertThat(saga.position().state()).as("state").isNotEqualTo(SagaState.PARKED);
    assertThat(saga.position().step()).as("step").isEqualTo(step);
    return this;
  }

  /**
   * Expects the saga to compensate and wait at a step that cannot be undone yet.
   *
   * @param step the step's name
   * @return this
   */
  public SagaScenario<D> expectCompensatingAt(String step) {
    SagaInstance saga = live();
    assertThat(saga.position().state()).as("state").isEqualTo(SagaState.COMPENSATING);
    assertThat(saga.position().step()).as("step").isEqualTo(step);
    return this;
  }

  /**
   * Expects the saga to be parked until an operator acts.
   *
   * @param step the step's name
   * @param reason a part of the reason
   * @return this
   */
  public SagaScenario<D> expectParkedAt(String step, String reason) {
    SagaInstance saga = live();
    assertThat(saga.position().state()).as("state").isEqualTo(SagaState.PARKED);
    assertThat(saga.position().step()).as("step").isEqualTo(step);
    assertThat(saga.position().lastError()).as("reason").contains(reason);
    return this;
  }

  /**
   * Every step is done.
   *
   * @return this
   */
  public SagaScenario<D> expectCompleted() {
    assertThat(ended().failure()).as("why it was compensated").isNull();
    return this;
  }

  /**
   * Expects the saga to be compensated.
   *
   * @param code the failure's code
   * @return this
   */
  public SagaScenario<D> expectCompensated(String code) {
    assertThat(ended().failure())
        .as("why it was compensated")
        .isNotNull()
        .extracting(Failure::code)
        .isEqualTo(code);
    return this;
  }

  private SagaInstance live() {
    return storage
        .journal()
        .find(id)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "the saga is not live: " + storage.journal().ended(List.of(id))));
  }

  private SagaOutcome ended() {
    CompletableFuture<SagaOutcome> outcome = engine().sagas().outcome(definition, id);
    andGivenTime(STEP);
    assertThat(outcome).as("the saga's outcome").isCompleted();
    return outcome.join();
  }

  private TechCorp engine() {
    TechCorp running = engine;
    if (running == null) {
      running =
          TechCorp.builder()
              .threads(threads)
              .storage(storage)
              .payments(SimulatedGateway.approving())
              .carts(new MemoryCarts())
              .catalog(new MemoryCatalog())
              .customers(new MemoryCustomers())
              .saga(definition)
              .engine(EngineOptions.DEFAULT.withLease(LEASE))
              .start();
      engine = running;
    }
    return running;
  }

  @Override
  public void close() {
    TechCorp running = engine;
    if (running != null) {
      running.close(Duration.ZERO);
    }
  }
}
