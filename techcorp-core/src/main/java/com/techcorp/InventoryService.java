package com.techcorp;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.health.Health;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.internal.HoldExpirySaga;
import com.techcorp.inventory.internal.LocalInventoryReserver;
import com.techcorp.inventory.internal.PaidReservations;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inventory in a process and a database of its own, for orders elsewhere: holds stock for them,
 * sells it when their {@code payment.confirmed} arrives, and answers that by an event. It needs
 * neither carts nor payments. Build one for each process with {@link #builder()} and close it when
 * the process ends. Thread-safe.
 *
 * <pre>{@code
 * try (InventoryService inventory =
 *         InventoryService.builder().storage(storage).events(RabbitEventBus.connect(rabbit)).start();
 *     InventoryServer server = InventoryServer.serve(inventory.inventory(), rabbit)) {
 *   …
 * }
 * }</pre>
 */
public final class InventoryService implements AutoCloseable {
  private final EngineRuntime runtime;
  private final InventoryReserver inventory;

  InventoryService(EngineRuntime runtime, InventoryReserver inventory) {
    this.runtime = runtime;
    this.inventory = inventory;
  }

  /**
   * Returns a builder with default options and no adapters.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Stock in this service's storage.
   *
   * @return reserve, confirm, release, restock
   */
  public InventoryReserver inventory() {
    return inventory;
  }

  /**
   * Returns the operators' API; holds with an expiry are sagas here.
   *
   * @return list, explain, retry
   */
  public SagaAdmin admin() {
    return runtime.engine().admin();
  }

  /**
   * How this process is: whether it works, what is stuck and since when, and counts of what
   * happened. Cheap, and never blocks: fit for a health check that is asked every second.
   *
   * @return the status, the findings, the counters
   */
  public Health health() {
    return runtime.health();
  }

  /**
   * Returns warnings of the start for operators.
   *
   * @return sentences that say what to change; empty if all is well
   */
  public List<String> warnings() {
    return runtime.warnings();
  }

  /**
   * Answers that wait to be published, as last measured.
   *
   * @return rows and the age of the oldest
   */
  public Backlog backlog() {
    return runtime.relay().backlog();
  }

  /** Drains and stops, and closes the bus; waits up to 10 s. Idempotent. */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains and stops, and closes the bus.
   *
   * @param limit how long to wait for what is in flight; then it is handed over. On a thread of the
   *     library (in a consumer, a gateway, a step) this returns at once, and draining goes on
   */
  public void close(Duration limit) {
    runtime.close(limit);
  }

  /** Collects the adapters and options of an {@link InventoryService}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Storage storage;
    private @Nullable EventTransport events;
    private @Nullable StockCounter counters;
    private EngineOptions engine = EngineOptions.DEFAULT;
    private RelayOptions relay = RelayOptions.DEFAULT;
    private Threads threads = new OwnThreads();
    private String name = "pid " + ProcessHandle.current().pid();

    Builder() {}

    /**
     * Sets the storage of the stock. Required.
     *
     * @param adapter such as {@code PostgresStorage.on(dataSource)}
     * @return this
     */
    public Builder storage(Storage adapter) {
      storage = Adapters.once("storage", storage, adapter);
      return this;
    }

    /**
     * Brings {@code payment.confirmed} and takes the answers to it. Required.
     *
     * @param bus one that reaches the orders' processes
     * @return this
     */
    public Builder events(EventTransport bus) {
      events = Adapters.once("events", events, bus);
      return this;
    }

    /**
     * Counters of available units, such as {@code RedisCache.counters()}: this service writes what
     * it changes, after each commit, and the processes that take orders read it ({@code
     * TechCorp.builder().counters(…)}). Default: none.
     *
     * @param shared yours to close, after the service
     * @return this
     */
    public Builder counters(StockCounter shared) {
      counters = Adapters.once("counters", counters, shared);
      return this;
    }

    /**
     * Sizes and times of the engine. Default: {@link EngineOptions#DEFAULT}.
     *
     * @param options sizes and times
     * @return this
     */
    public Builder engine(EngineOptions options) {
      this.engine = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sizes and times of the outbox relay. Default: {@link RelayOptions#DEFAULT}.
     *
     * @param options sizes and times
     * @return this
     */
    public Builder relay(RelayOptions options) {
      this.relay = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets the source of threads, timers and waits for the library's own work. Default: daemon
     * threads of its own.
     *
     * @param source gives executors, timers and the monotonic time
     * @return this
     */
    public Builder threads(Threads source) {
      this.threads = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * This process's name for operators. Default: its process id.
     *
     * @param process such as host and process id
     * @return this
     */
    public Builder name(String process) {
      this.name = Objects.requireNonNull(process, "process");
      return this;
    }

    /**
     * Checks everything, registers this process, and begins to sell what is paid.
     *
     * @return the running service; close it
     * @throws WiringException says what is missing or wrong, and what to change
     * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
     */
    public InventoryService start() {
      Storage store =
          Adapters.required(storage, "storage", "storage(PostgresStorage.on(dataSource))");
      EventTransport bus =
          Adapters.required(events, "event bus", "events(RabbitEventBus.connect(…))");
      store.checkReady(engine);
      HoldExpirySaga expiry = new HoldExpirySaga(store.stock());
      EngineRuntime runtime =
          EngineRuntime.of(
              store,
              commits -> commits,
              bus,
              List.of(expiry.definition()),
              new EngineSetup(engine, relay, threads, name, counters));
      runtime.start(
          events -> new PaidReservations(runtime.engine(), store.stock()).subscribeTo(events));
      return new InventoryService(
          runtime,
          new LocalInventoryReserver(runtime.engine(), store.stock(), expiry, order -> false));
    }
  }
}
