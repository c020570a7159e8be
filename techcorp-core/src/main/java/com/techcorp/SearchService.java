package com.techcorp;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.health.Health;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.saga.EngineOptions;
import com.techcorp.search.ProductIndexer;
import com.techcorp.search.Searcher;
import com.techcorp.search.internal.SearchAssembly;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Search in a process of its own: answers queries, and indexes the products that events name. It
 * takes no orders. Build one for each process with {@link #builder()} and close it when the process
 * ends. Thread-safe.
 *
 * <pre>{@code
 * try (SearchService shop =
 *     SearchService.builder()
 *         .storage(storage)
 *         .events(RabbitEventBus.connect(rabbit))
 *         .search(
 *             SearchSetup.of(
 *                 ElasticIndex.connect(uri), storage.products(), storage.indexJournal()))
 *         .start()) {
 *   SearchPage page = shop.search().search(SearchQuery.builder().text("blue t-shirt").build());
 * }
 * }</pre>
 */
public final class SearchService implements AutoCloseable {
  private final EngineRuntime runtime;
  private final SearchAssembly search;

  private SearchService(EngineRuntime runtime, SearchAssembly search) {
    this.runtime = runtime;
    this.search = search;
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
   * Finds products.
   *
   * @return search, suggest
   */
  public Searcher search() {
    return search.searcher();
  }

  /**
   * Keeps the index as the catalogue is.
   *
   * @return index, reindex, compare
   */
  public ProductIndexer indexer() {
    return search.indexer();
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
   * Events that wait to be published or for a consumer, as last measured.
   *
   * @return rows and the age of the oldest
   */
  public Backlog backlog() {
    return runtime.relay().backlog();
  }

  /** Drains and stops, and closes the bus and the index; waits up to 10 s. Idempotent. */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains and stops, and closes the bus and the index.
   *
   * @param limit how long to wait for what is in flight. On a thread of the library this returns at
   *     once, and draining goes on
   */
  public void close(Duration limit) {
    runtime.close(limit);
  }

  /** Collects the adapters and options of a {@link SearchService}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Storage storage;
    private @Nullable EventTransport events;
    private @Nullable SearchSetup search;
    private EngineOptions engine = EngineOptions.DEFAULT;
    private RelayOptions relay = RelayOptions.DEFAULT;
    private Threads threads = new OwnThreads();
    private String name = "pid " + ProcessHandle.current().pid();

    Builder() {}

    /**
     * Sets the storage that registers this process and keeps what waits for its consumers.
     * Required.
     *
     * @param adapter such as {@code PostgresStorage.on(dataSource)}
     * @return this
     */
    public Builder storage(Storage adapter) {
      storage = Adapters.once("storage", storage, adapter);
      return this;
    }

    /**
     * Brings {@code product.updated}. Default: inside the process, which sees the events of this
     * storage's outbox.
     *
     * @param bus one that the catalogue's and the inventory's processes publish to
     * @return this
     */
    public Builder events(EventTransport bus) {
      events = Adapters.once("events", events, bus);
      return this;
    }

    /**
     * Sets the index and the catalogue. Required.
     *
     * @param setup engine, catalogue, journal and options
     * @return this
     */
    public Builder search(SearchSetup setup) {
      search = Adapters.once("search", search, setup);
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
     * Checks everything, registers this process, opens the index, and begins to take events. While
     * the search engine is away, the service starts all the same, and opens the index later.
     *
     * @return the running service; close it
     * @throws WiringException says what is missing or wrong, and what to change
     * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
     */
    public SearchService start() {
      Storage store =
          Adapters.required(storage, "storage", "storage(PostgresStorage.on(dataSource))");
      SearchSetup setup = Adapters.required(search, "index", "search(SearchSetup.of(…))");
      store.checkReady(engine);
      EventTransport bus = events == null ? new InProcessEventBus(store.inbox()) : events;
      EngineRuntime runtime =
          EngineRuntime.of(
              store,
              commits -> commits,
              bus,
              List.of(),
              new EngineSetup(engine, relay, threads, name, null));
      SearchAssembly assembly = runtime.add(setup);
      runtime.start(assembly::subscribeTo);
      return new SearchService(runtime, assembly);
    }
  }
}
