package com.techcorp.saga.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.IllegalTransition;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.saga.CommandLane;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.Failure;
import com.techcorp.saga.NodeRegistry;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.SagaJournal;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The engine's parts, put together, with their order of start and stop. */
public final class DefaultSagaEngine implements SagaEngine, CommandLane, AutoCloseable {
  private final EngineOptions options;
  private final Definitions definitions;
  private final SagaJournal journal;
  private final ScheduledThreadPoolExecutor timer;
  private final ScheduledThreadPoolExecutor heartbeat;
  private final Ownership ownership;
  private final InFlight inFlight;
  private final Lane lane;
  private final RemoteCalls calls;
  private final Outcomes outcomes;
  private final LateAnswers late;
  private final SagaRunner runner;
  private final Recovery recovery;
  private volatile boolean closing;

  /**
   * Builds an engine; {@link #start} begins.
   *
   * @param storage where works are committed
   * @param journal the live sagas
   * @param registry the nodes
   * @param known the definitions this build can run
   * @param json writes and reads saga data
   * @param options sizes and times
   * @param name this process's name for operators
   */
  public DefaultSagaEngine(
      UnitOfWork storage,
      SagaJournal journal,
      NodeRegistry registry,
      Collection<SagaDefinition<?>> known,
      ObjectMapper json,
      EngineOptions options,
      String name) {
    this.options = options;
    this.journal = journal;
    this.definitions = new Definitions(known);
    this.timer = timer("techcorp-timer-", 4);
    // A thread of its own: a heartbeat must not wait behind a claim that waits for a lock.
    this.heartbeat = timer("techcorp-heartbeat-", 1);
    this.ownership = new Ownership(registry, name, options.lease(), heartbeat);
    this.inFlight = new InFlight(options.maxInFlight());
    this.lane = new Lane(storage, ownership, options.maxBatch(), options.laneWorkers());
    this.calls = new RemoteCalls(options, timer);
    this.outcomes = new Outcomes(journal);
    this.late = new LateAnswers(storage, timer, options.maxBatch());
    JournalEntries entries = new JournalEntries(json);
    this.runner =
        new SagaRunner(
            new Transitions(entries),
            journal,
            lane,
            calls,
            ownership,
            inFlight,
            outcomes,
            late,
            timer);
    this.recovery =
        new Recovery(
            journal, registry, definitions, entries, ownership, inFlight, runner, lane, timer);
  }

  private static ScheduledThreadPoolExecutor timer(String prefix, int threads) {
    AtomicInteger count = new AtomicInteger();
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, prefix + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Registers this process and begins to take up what is due.
   *
   * @return what live sagas need and this build lacks, in sentences; empty if nothing
   */
  public List<String> start() {
    List<String> missing = definitions.missing(journal.needed());
    ownership.start();
    outcomes.start(timer);
    recovery.start(options.pollInterval(), options.lease());
    return missing;
  }

  @Override
  public <D> CompletableFuture<SagaOutcome> start(SagaDefinition<D> definition, UUID id, D data) {
    StartedSaga started = join(begin(definition, id, data));
    if (started.refusal() != null) {
      throw new IllegalTransition("saga " + id + " was refused: " + started.refusal().message());
    }
    return outcome(definition, id);
  }

  @Override
  public <D> CompletableFuture<StartedSaga> begin(SagaDefinition<D> definition, UUID id, D data) {
    if (!definitions.has(definition)) {
      throw new WiringError(
          "saga "
              + definition.name()
              + " version "
              + definition.version()
              + " is not registered with this engine: add it to the builder");
    }
    if (closing) {
      throw new Unavailable("the engine is shutting down");
    }
    inFlight.enter();
    SagaRunner.Ride<D> ride = runner.new Ride<>();
    ride.start(Live.fresh(definition, id, data));
    return ride.begun().thenApply(StartedSaga::new);
  }

  @Override
  public <D> CompletableFuture<SagaOutcome> outcome(SagaDefinition<D> definition, UUID id) {
    return outcomes.await(definition, id);
  }

  @Override
  public @Nullable Failure write(Work work) {
    if (closing) {
      throw new Unavailable("the engine is shutting down");
    }
    inFlight.enter();
    try {
      Verdict verdict = join(lane.submit(work)).verdict();
      return verdict instanceof Verdict.Refused refused ? refused.failure() : null;
    } finally {
      inFlight.leave();
    }
  }

  @Override
  public void poke() {
    recovery.poke();
  }

  /**
   * For operators.
   *
   * @return list, explain, retry, cancel, compensate, force complete
   */
  public SagaAdmin admin() {
    return new DefaultSagaAdmin(journal, recovery, definitions);
  }

  /**
   * How many sagas this process holds in memory.
   *
   * @return at most {@link EngineOptions#maxInFlight()}
   */
  public int inFlight() {
    return inFlight.taken();
  }

  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TechCorpException typed) {
        throw typed;
      }
      throw e;
    }
  }

  /** Drains: no new work, what runs comes to an end or a wait, the rest is handed over at once. */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains within a limit.
   *
   * @param limit after which what is still in flight is handed over to other processes
   */
  public void close(Duration limit) {
    closing = true;
    recovery.stop();
    boolean drained = inFlight.awaitEmpty(limit);
    lane.close();
    ownership.close();
    calls.close();
    late.close();
    outcomes.close();
    heartbeat.shutdownNow();
    timer.shutdownNow();
    if (!drained) {
      org.slf4j.LoggerFactory.getLogger(DefaultSagaEngine.class)
          .warn("{} sagas were handed over to other processes", inFlight.taken());
    }
    try {
      timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
