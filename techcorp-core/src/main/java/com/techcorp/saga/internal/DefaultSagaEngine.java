package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.error.internal.FaultLog;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's parts, put together, with their order of start and stop. */
public final class DefaultSagaEngine
    implements SagaEngine, CommandExecutor, HealthSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DefaultSagaEngine.class);
  private static final int TIMER_THREADS = 4;

  private final EngineOptions options;
  private final Definitions definitions;
  private final SagaJournal journal;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final Ownership ownership;
  private final InFlight inFlight;
  private final GroupCommit commands;
  private final RemoteCalls calls;
  private final Outcomes outcomes;
  private final LateAnswers late;
  private final SagaRunner runner;
  private final DueSagaPoller recovery;
  private final CallerWaits callers;
  private final EngineHealth health;
  private final Watchdog watchdog;
  private final EngineReport report;
  private volatile boolean closing;

  /**
   * Builds an engine; {@link #start} begins.
   *
   * @param storage where write sets are committed
   * @param journal the live sagas
   * @param registry the nodes
   * @param known the definitions this build can run
   * @param options sizes and times
   * @param name this process's name for operators
   * @param faults catches what is thrown in the engine's threads
   * @param threads where the engine runs, inside {@code faults}
   */
  public DefaultSagaEngine(
      UnitOfWork storage,
      SagaJournal journal,
      NodeRegistry registry,
      Collection<SagaDefinition<?>> known,
      EngineOptions options,
      String name,
      FaultBoundary faults,
      Threads threads) {
    this.options = options;
    FaultLog faultLog = new FaultLog(log, options.faults().logsPerMinute(), threads::nanoTime);
    this.threads = threads;
    this.journal = journal;
    this.definitions = new Definitions(known);
    this.timer = threads.timer("techcorp-timer", TIMER_THREADS);
    this.ownership =
        new Ownership(registry, name, options.lease(), options.faults(), faults, threads);
    faults.onFatal(ownership::restart);
    this.inFlight = new InFlight(options.maxInFlight(), options.duePlaces());
    CommitProgress commits = new CommitProgress(storage, options.lease(), threads);
    CommitLimits limits =
        new CommitLimits(options.maxBatch(), options.commitThreads(), options.placeTimeout());
    this.commands = new GroupCommit(commits, ownership, limits, faults, threads, timer);
    this.calls = new RemoteCalls(options.calls(), definitions.services(), threads, faults);
    this.outcomes = new Outcomes(journal, faults);
    this.late = new LateAnswers(storage, timer, options.maxBatch(), faults);
    this.watchdog = new Watchdog(journal, ownership, options, threads);
    commits.waiting(commands::waiting);
    this.callers = new CallerWaits(options.placeTimeout(), calls, timer, threads);
    this.health = new EngineHealth(options.lease(), commits, commands, timer, threads);
    ownership.onlyWithout(health::obstacle, health::stillHung);
    Pauses pauses = new Pauses(timer, inFlight.size());
    JournalEntries entries = new JournalEntries(options.lease());
    StepFaults stepFaults = new StepFaults(faults, faultLog);
    EngineParts parts =
        new EngineParts(
            new Transitions(entries),
            journal,
            commands,
            ownership,
            watchdog,
            outcomes,
            pauses,
            stepFaults,
            late);
    this.runner = new SagaRunner(parts, new StepCalls(calls, parts));
    this.recovery =
        new DueSagaPoller(
            parts,
            registry,
            definitions.runnable(options.lease()),
            new ClaimedSagas(definitions, entries, runner),
            inFlight,
            timer,
            faults,
            threads);
    this.report =
        new EngineReport(
            ownership, health, calls, recovery, watchdog, commits, callers, inFlight, stepFaults);
  }

  /**
   * Registers this process and begins to take up what is due.
   *
   * @return what live sagas need and this build lacks, in sentences; empty if nothing
   */
  public List<String> start() {
    List<String> missing = definitions.missing(journal.needed());
    health.start();
    ownership.start();
    watchdog.start(recovery::wakeUp);
    outcomes.start(timer);
    recovery.start(options.pollInterval(), options.lease());
    return missing;
  }

  @Override
  public <D> CompletableFuture<SagaOutcome> start(SagaDefinition<D> definition, UUID id, D data) {
    StartedSaga started;
    try (Place place = enter()) {
      started = begin(place, definition, id, data);
    }
    if (started.refusal() != null) {
      throw refused(id, started.refusal());
    }
    return outcome(definition, id);
  }

  @Override
  public <D> void startWithin(
      UnitOfWork transaction, SagaDefinition<D> definition, UUID id, D data) {
    requireRegistered(definition);
    Effect created = SagaEffect.Create.due(definition, definition.steps().get(0), id, data);
    CommitResult result = transaction.commit(null, List.of(WriteSet.of(id, created))).get(0);
    if (result instanceof CommitResult.Refused refused) {
      throw refused(id, refused.failure());
    }
  }

  private static IllegalTransitionException refused(UUID id, Failure failure) {
    return new IllegalTransitionException("saga " + id + " was refused: " + failure.message());
  }

  @Override
  public Place enter() {
    return inFlight.enter();
  }

  @Override
  public <D> StartedSaga begin(Place place, SagaDefinition<D> definition, UUID id, D data) {
    return new StartedSaga(callers.join(started(place, definition, id, data)));
  }

  @Override
  public <D> CompletableFuture<StartedSaga> beginAsync(
      Place place, SagaDefinition<D> definition, UUID id, D data) {
    CompletableFuture<StartedSaga> answer = new CompletableFuture<>();
    started(place, definition, id, data)
        .whenComplete(
            (refusal, fault) -> {
              if (fault != null) {
                calls.callback(() -> answer.completeExceptionally(fault));
              } else if (refusal != null) {
                calls.callback(() -> answer.complete(new StartedSaga(refusal)));
              } else {
                answer.complete(new StartedSaga(null));
              }
            });
    return answer;
  }

  private void requireRegistered(SagaDefinition<?> definition) {
    if (!definitions.has(definition)) {
      throw new WiringException(
          "saga "
              + definition.name()
              + " version "
              + definition.version()
              + " is not registered with this engine: add it to the builder");
    }
  }

  private <D> CompletableFuture<@Nullable Failure> started(
      Place place, SagaDefinition<D> definition, UUID id, D data) {
    requireRegistered(definition);
    if (closing) {
      throw new UnavailableException("the engine is shutting down");
    }
    InFlight.Taken taken = (InFlight.Taken) place;
    if (!taken.takeAlong()) {
      inFlight.enter().takeAlong();
    }
    return runner.start(LiveSaga.fresh(definition, id, data), inFlight::leave);
  }

  @Override
  public <D> CompletableFuture<SagaOutcome> outcome(SagaDefinition<D> definition, UUID id) {
    return outcomes.await(definition, id);
  }

  @Override
  public @Nullable Failure write(WriteSet writeSet) {
    if (closing) {
      throw new UnavailableException("the engine is shutting down");
    }
    Place place = enter();
    CompletableFuture<PendingCommit.Settled> settled = new CompletableFuture<>();
    try {
      settled = commands.commit(writeSet);
      CommitResult result = callers.join(settled).result();
      if (result instanceof CommitResult.Busy busy) {
        throw new UnavailableException(
            busy.failure().message() + ": nothing was written, try again");
      }
      return result instanceof CommitResult.Refused refused ? refused.failure() : null;
    } finally {
      giveBack(place, settled);
    }
  }

  /** A start whose caller gave up still waits for its batch, and keeps its permit until then. */
  private static void giveBack(Place place, CompletableFuture<PendingCommit.Settled> settled) {
    settled.whenComplete((result, fault) -> place.close());
  }

  @Override
  public void pause(Duration wait) {
    callers.pause(wait);
  }

  @Override
  public void later(Duration wait, Runnable action) {
    callers.later(wait, action);
  }

  @Override
  public void wakeUp() {
    recovery.wakeUp();
  }

  /**
   * This process's lease, while it surely stands for a third of its length.
   *
   * @return the lease, or null
   */
  public @Nullable Fence lease() {
    Fence fence = ownership.current();
    return fence != null && ownership.mayCall(fence) ? fence : null;
  }

  /**
   * Returns the operators' API.
   *
   * @return list, explain, retry, cancel, compensate, force complete
   */
  public SagaAdmin admin() {
    return new DefaultSagaAdmin(journal, recovery, definitions, watchdog, this);
  }

  /**
   * Returns how many sagas this process holds in memory.
   *
   * @return at most {@link EngineOptions#maxInFlight()} and {@link EngineOptions#duePlaces()}
   */
  @Override
  public int inFlight() {
    return inFlight.taken();
  }

  /**
   * Returns the problems of this node. DOWN: it has no lease, or its commands or its timers do not
   * move. DEGRADED: single sagas are stuck, or due work waits for a place.
   */
  @Override
  public List<Finding> findings() {
    return report.findings();
  }

  @Override
  public Map<String, Long> counters() {
    return report.counters();
  }

  @Override
  public <T> T await(CompletableFuture<T> future) {
    return callers.join(future);
  }

  @Override
  public void limit(CompletableFuture<?> future) {
    callers.limit(future);
  }

  @Override
  public void run(Runnable task) {
    calls.callback(task);
  }

  /** Drains: no new work, what runs comes to an end or a wait, the rest is handed over at once. */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains within a limit, and leaves.
   *
   * @param limit after which what is still in flight is handed over to other processes
   */
  public void close(Duration limit) {
    drain(limit);
    leave();
  }

  /**
   * Begins nothing any more and waits for what is in flight. The lease stands until {@link #leave}.
   *
   * @param limit how long
   * @return whether nothing is in flight any more
   */
  public boolean drain(Duration limit) {
    closing = true;
    callers.closes();
    recovery.stop();
    boolean drained = threads.await(inFlight.empty(), limit);
    if (!drained) {
      log.warn("{} sagas are handed over to other processes", inFlight.taken());
    }
    return drained;
  }

  /** Gives up the lease: other processes take what this one still owns. */
  public void leave() {
    commands.close();
    watchdog.close();
    ownership.close();
    calls.close();
    late.close();
    outcomes.close();
    timer.shutdownNow();
    callers.runAll();
    try {
      timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
