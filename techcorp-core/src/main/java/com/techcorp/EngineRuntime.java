package com.techcorp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.TechCorpException;
import com.techcorp.health.Health;
import com.techcorp.health.HealthSource;
import com.techcorp.inventory.internal.CounterWrites;
import com.techcorp.messaging.internal.Relay;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.internal.DefaultSagaEngine;
import com.techcorp.search.internal.SearchAssembly;
import com.techcorp.storage.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of every process: an engine on a storage, and a relay from the storage to a bus. */
final class EngineRuntime {
  /** Of the front, which hosts know. */
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.TechCorp");

  private final DefaultSagaEngine engine;
  private final Relay relay;
  private final HostBus bus;
  private final @Nullable CounterWrites counters;
  private final Threads threads;
  private final FaultBoundary faults;
  private final ScheduledExecutorService housekeeping;
  private final List<HealthSource> sources = new CopyOnWriteArrayList<>();
  private List<String> warnings = List.of();
  private @Nullable SearchAssembly search;

  private EngineRuntime(
      DefaultSagaEngine engine,
      Relay relay,
      HostBus bus,
      @Nullable CounterWrites counters,
      FaultBoundary faults,
      Threads threads) {
    this.faults = faults;
    this.engine = engine;
    this.relay = relay;
    this.bus = bus;
    this.counters = counters;
    this.threads = threads;
    this.housekeeping = threads.timer("techcorp-housekeeping", 1);
    sources.add(engine);
    sources.add(relay.health());
    if (counters != null) {
      sources.add(counters);
    }
    if (bus.transport() instanceof HealthSource source) {
      sources.add(source);
    }
  }

  /**
   * Wires the engine and the relay; starts neither.
   *
   * @param watched puts around the storage's unit of work what hears of commits
   */
  static EngineRuntime of(
      Storage storage,
      UnaryOperator<UnitOfWork> watched,
      EventTransport bus,
      List<SagaDefinition<?>> definitions,
      EngineSetup setup) {
    FaultBoundary faults = new FaultBoundary();
    Threads threads = faults.around(setup.threads());
    CounterWrites counters =
        setup.written() == null ? null : new CounterWrites(setup.written(), threads, faults);
    UnitOfWork unitOfWork =
        counters == null ? storage.unitOfWork() : storage.countingUnitOfWork(counters);
    CommitWatch commits = new CommitWatch(watched.apply(unitOfWork), faults);
    DefaultSagaEngine engine =
        new DefaultSagaEngine(
            commits,
            storage.journal(),
            storage.nodes(),
            definitions,
            setup.engine(),
            setup.name(),
            faults,
            threads);
    Relay relay =
        new Relay(
            storage.outbox(),
            storage.consumerBacklog(),
            bus,
            engine::lease,
            setup.relay(),
            faults,
            threads);
    BusContext context =
        new BusContext(threads, engine::lease, faults, storage.consumerBacklog(), relay::backlog);
    commits.handOverTo(relay);
    commits.onMadeDue(engine::wakeUp);
    return new EngineRuntime(engine, relay, new HostBus(bus, context), counters, faults, threads);
  }

  /**
   * Lets search be part of this process: of its threads, its health, its housekeeping and its end.
   *
   * @throws com.techcorp.error.WiringException if the engine cannot serve the index; then nothing
   *     of this runs any more
   */
  SearchAssembly add(SearchSetup setup) {
    try {
      SearchAssembly assembly = setup.assembly(threads);
      search = assembly;
      sources.add(assembly);
      assembly.open();
      every(SearchAssembly.TICK, "Looking after the index", assembly::tick);
      return assembly;
    } catch (Throwable e) {
      housekeeping.shutdownNow();
      endUnstarted();
      throw e;
    }
  }

  private void endUnstarted() {
    relay.close();
    engine.close();
    closeOwn();
  }

  /** Starts; consumers subscribe when the engine can serve them, and before anything is relayed. */
  void start(Consumer<EventTransport> consumers) {
    try {
      warnings = engine.start();
      warnings.forEach(log::error);
      begin(consumers);
    } catch (Throwable e) {
      endUnstarted();
      throw e;
    }
  }

  /** Closes what only this process uses. */
  private void closeOwn() {
    if (counters != null) {
      counters.close();
    }
    if (search != null) {
      search.close();
    }
  }

  private void begin(Consumer<EventTransport> consumers) {
    bus.start();
    try {
      consumers.accept(bus.transport());
      relay.start();
    } catch (Throwable e) {
      bus.close();
      throw e;
    }
  }

  /** Repeats a background task until this closes. */
  void every(Duration period, String what, Runnable task) {
    housekeeping.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (TechCorpException e) {
            log.warn("{} failed, will be repeated: {}", what, e.getMessage());
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Closes everything; from within a consumer, a gateway or a step this would wait for its own
   * caller.
   */
  void close(Duration limit) {
    if (faults.isInside()) {
      ExecutorService closer = threads.pool("techcorp-close", 1);
      closer.execute(() -> closeNow(limit));
      closer.shutdown();
    } else {
      closeNow(limit);
    }
  }

  /**
   * The lease stands until consumers are done with what they are at: another process that takes
   * events over would give them to its own consumers meanwhile. Sagas that do not end in time are
   * not kept waiting for that.
   */
  private synchronized void closeNow(Duration limit) {
    housekeeping.shutdownNow();
    boolean drained = engine.drain(limit);
    if (!drained) {
      engine.leave();
    }
    try {
      relay.close();
      bus.close();
    } finally {
      if (drained) {
        engine.leave();
      }
      closeOwn();
    }
  }

  /** Returns the boundary that catches exceptions in this process's own threads. */
  FaultBoundary faults() {
    return faults;
  }

  Health health() {
    return Health.of(sources);
  }

  DefaultSagaEngine engine() {
    return engine;
  }

  Relay relay() {
    return relay;
  }

  List<String> warnings() {
    return warnings;
  }
}
