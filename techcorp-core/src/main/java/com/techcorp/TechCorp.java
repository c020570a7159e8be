package com.techcorp;

import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.health.Health;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockCounter;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.TraceContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.TemplateSource;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.internal.HostPorts;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentProcessor;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.search.ProductIndexer;
import com.techcorp.search.Searcher;
import com.techcorp.search.internal.SearchAssembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The library's front: takes orders without overselling, double charging or losing one, on the
 * storage it is given. Build one for each process with {@link #builder()}, share it between all
 * threads, and close it when the process ends. Thread-safe.
 */
public final class TechCorp implements AutoCloseable {
  private final Services services;

  private TechCorp(Services services) {
    this.services = services;
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
   * Returns the API that places, cancels and reads orders.
   *
   * @return place, follow, cancel, ship, deliver, replay
   */
  public OrderSaga orders() {
    return services.orders();
  }

  /**
   * Returns the API that rebuilds and resends orders' published events.
   *
   * @return an order's events again, and sending them to one consumer
   */
  public PublishedEvents events() {
    return services.events();
  }

  /**
   * Stock: in this storage, or what the builder was given.
   *
   * @return reserve, confirm, release, restock
   */
  public InventoryReserver inventory() {
    return services.inventory();
  }

  /**
   * Returns the API that reads charges and refunds and resolves undecided charges.
   *
   * @return look, reconcile with the provider
   */
  public PaymentProcessor payments() {
    return services.payments();
  }

  /**
   * Returns the API that sends messages to customers and lists what was sent.
   *
   * @return send, and what was sent
   */
  public Notifier notifier() {
    return services.notifier();
  }

  /**
   * Finds products.
   *
   * @return search, suggest
   * @throws WiringException if the builder was given no index
   */
  public Searcher search() {
    return searching().searcher();
  }

  /**
   * Keeps the index as the catalogue is.
   *
   * @return index, reindex, compare
   * @throws WiringException if the builder was given no index
   */
  public ProductIndexer indexer() {
    return searching().indexer();
  }

  private SearchAssembly searching() {
    return Adapters.required(services.search(), "index", "search(SearchSetup.of(…))");
  }

  /**
   * Drives sagas, also the host's own.
   *
   * @return start, outcome
   */
  public SagaEngine sagas() {
    return services.runtime().engine();
  }

  /**
   * Returns the operators' API to list, retry and cancel sagas.
   *
   * @return list, explain, retry, cancel, compensate, force complete
   */
  public SagaAdmin admin() {
    return services.runtime().engine().admin();
  }

  /**
   * How this process is: whether it works, what is stuck and since when, and counts of what
   * happened. Cheap, and never blocks: fit for a health check that is asked every second.
   *
   * @return the status, the findings, the counters
   */
  public Health health() {
    return services.runtime().health();
  }

  /**
   * Returns warnings of the start for operators, such as live sagas of a version that this build
   * cannot run.
   *
   * @return sentences that say what to change; empty if all is well
   */
  public List<String> warnings() {
    return services.runtime().warnings();
  }

  /**
   * Returns the number and age of events that wait to be published, and of those that wait for
   * single consumers; measured about once a second, also while nothing can be published.
   *
   * @return rows and the age of the oldest, of the outbox and for each consumer
   */
  public Backlog backlog() {
    return services.runtime().relay().backlog();
  }

  /**
   * Returns how many sagas this process holds in memory.
   *
   * @return at most {@code maxInFlight} and {@code duePlaces} of the engine's options
   */
  public int inFlight() {
    return services.runtime().engine().inFlight();
  }

  /**
   * Drains and stops: no new orders, running batches finish, the rest is handed over at once to
   * other processes. Waits up to 10 s. Idempotent.
   */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains and stops, and waits up to a limit.
   *
   * @param limit how long to wait for what is in flight; then it is handed over. On a thread of the
   *     library (in a consumer, a gateway, a step) this returns at once, and draining goes on
   */
  public void close(Duration limit) {
    services.runtime().close(limit);
  }

  /**
   * Wires ports to adapters. Not thread-safe; {@link #start} copies everything. A second adapter
   * for a port throws {@link WiringException}; so does {@link #start()} if a required adapter is
   * missing.
   */
  public static final class Builder {
    private final List<SagaDefinition<?>> sagas = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<MessageSender> senders = new ArrayList<>();
    private @Nullable Storage storage;
    private @Nullable PaymentGateway payments;
    private @Nullable CartReader carts;
    private @Nullable ProductCatalog catalog;
    private @Nullable CustomerDirectory customers;
    private @Nullable UserDirectory users;
    private @Nullable InventoryReserver inventory;
    private @Nullable StockCounter counters;
    private @Nullable EventTransport events;
    private @Nullable TemplateSource templates;
    private @Nullable TraceContext traces;
    private @Nullable SearchSetup search;
    private EngineOptions engine = EngineOptions.DEFAULT;
    private OrderOptions orders = OrderOptions.DEFAULT;
    private RelayOptions relay = RelayOptions.DEFAULT;
    private Threads threads = new OwnThreads();
    private String name = "pid " + ProcessHandle.current().pid();

    Builder() {}

    /**
     * Sets the storage of everything durable. Required.
     *
     * @param adapter such as {@code PostgresStorage.on(dataSource)}
     * @return this
     */
    public Builder storage(Storage adapter) {
      storage = Adapters.once("storage", storage, adapter);
      return this;
    }

    /**
     * Sets the gateway to the payment provider. Required.
     *
     * @param gateway charges and refunds
     * @return this
     */
    public Builder payments(PaymentGateway gateway) {
      payments = Adapters.once("payments", payments, gateway);
      return this;
    }

    /**
     * Sets the port that reads the host's carts. Required.
     *
     * @param reader finds carts
     * @return this
     */
    public Builder carts(CartReader reader) {
      carts = Adapters.once("carts", carts, reader);
      return this;
    }

    /**
     * Sets the port that reads the host's products. Required.
     *
     * @param products finds products
     * @return this
     */
    public Builder catalog(ProductCatalog products) {
      catalog = Adapters.once("catalog", catalog, products);
      return this;
    }

    /**
     * Sets the port that reads the host's customers. Required.
     *
     * @param directory finds customers and their addresses
     * @return this
     */
    public Builder customers(CustomerDirectory directory) {
      customers = Adapters.once("customers", customers, directory);
      return this;
    }

    /**
     * Sets the users who log in. They get an e-mail when their password was changed, and when a
     * refresh token of theirs was used a second time; the events of both come from this storage's
     * outbox. Default: nobody is told.
     *
     * @param directory the one that {@code AuthService} has, such as {@code storage.users()}
     * @return this
     */
    public Builder users(UserDirectory directory) {
      users = Adapters.once("users", users, directory);
      return this;
    }

    /**
     * Stock that is kept in another database: orders reserve, extend and give back by calls to it,
     * and are confirmed by the event {@code payment.confirmed}, which it answers by an event. Needs
     * {@link #events} that reach it. Default: stock is kept in the storage, and an order costs two
     * commits.
     *
     * @param elsewhere such as {@code RemoteInventoryReserver.connect(…)}; yours to close, after
     *     the library
     * @return this
     */
    public Builder inventory(InventoryReserver elsewhere) {
      inventory = Adapters.once("inventory", inventory, elsewhere);
      return this;
    }

    /**
     * Counters of available units that all processes share, such as {@code RedisCache.counters()}.
     * This process writes what it changes, after each commit and off the order's path. It reads the
     * counters of products of which an order was refused, so that it sells units that come back in
     * another process within about 100 ms. With {@link #inventory} it only reads: the service that
     * keeps the stock writes.
     *
     * <p>An order for more than is available then gets a {@link
     * com.techcorp.error.SoldOutException}, unless {@link com.techcorp.order.SoldOutOptions} say
     * otherwise. While the counters are away, orders go on as without them. Default: none.
     *
     * @param shared yours to close, after the library
     * @return this
     */
    public Builder counters(StockCounter shared) {
      counters = Adapters.once("counters", counters, shared);
      return this;
    }

    /**
     * Carries events to consumers. Default: inside the process.
     *
     * @param bus carries events
     * @return this
     */
    public Builder events(EventTransport bus) {
      events = Adapters.once("events", events, bus);
      return this;
    }

    /**
     * Sends messages over one channel; one sender a channel. Default for {@code email}: only logs
     * that a message would be sent.
     *
     * @param sender sends
     * @return this
     */
    public Builder sender(MessageSender sender) {
      senders.add(Objects.requireNonNull(sender, "sender"));
      return this;
    }

    /**
     * Sets the host's own templates; those built in serve what it lacks.
     *
     * @param source finds templates
     * @return this
     */
    public Builder templates(TemplateSource source) {
      templates = Adapters.once("templates", templates, source);
      return this;
    }

    /**
     * Gives an order's events the trace in which it was placed. Default: none. Give it to all
     * processes on a storage: one without leaves it out of the events that it adds to an order
     * later.
     *
     * @param context asked on the thread that places an order
     * @return this
     */
    public Builder traces(TraceContext context) {
      traces = Adapters.once("traces", traces, context);
      return this;
    }

    /**
     * Finds products, and indexes those that events name, in this process. While the search engine
     * is away, orders are taken as ever. Default: no search.
     *
     * @param setup engine, catalogue, journal and options
     * @return this
     */
    public Builder search(SearchSetup setup) {
      search = Adapters.once("search", search, setup);
      return this;
    }

    /**
     * A saga of the host's own.
     *
     * @param definition its steps
     * @return this
     */
    public Builder saga(SagaDefinition<?> definition) {
      sagas.add(Objects.requireNonNull(definition, "definition"));
      return this;
    }

    /**
     * A consumer of the host's own, with default options. It gets events from the time on at which
     * {@link #start} returns, and what was kept for it before.
     *
     * @param consumer its name, the same on all processes and after restarts
     * @param types the routing keys it wants, such as {@code order.confirmed}
     * @param handler what it does; may get an event again, see {@link HostTransaction#receive}
     * @return this
     */
    public Builder subscribe(String consumer, Set<String> types, Subscription.Handler handler) {
      return subscribe(new Subscription(consumer, types, handler));
    }

    /**
     * A consumer of the host's own, such as one with its own options, or one that {@link
     * com.techcorp.messaging.StreamConsumer#subscription} gives.
     *
     * @param subscription its name, what it wants, what it does, how it is served
     * @return this
     */
    public Builder subscribe(Subscription subscription) {
      subscriptions.add(Objects.requireNonNull(subscription, "subscription"));
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
     * Sets how orders are handled. Default: {@link OrderOptions#DEFAULT}.
     *
     * @param options times, retries, extra steps
     * @return this
     */
    public Builder orders(OrderOptions options) {
      this.orders = Objects.requireNonNull(options, "options");
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
     * Checks everything, registers this process and begins to take up what is due.
     *
     * @return the running library; close it
     * @throws WiringException says what is missing or wrong, and what to change
     * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
     */
    public TechCorp start() {
      Storage store =
          Adapters.required(storage, "storage", "storage(PostgresStorage.on(dataSource))");
      HostPorts host = host();
      if (inventory != null) {
        Adapters.required(
            events, "event bus to an inventory elsewhere", "events(RabbitEventBus.connect(…))");
      }
      store.checkReady(engine);
      Wiring wiring =
          new Wiring(
              store,
              host,
              events == null ? new InProcessEventBus(store.inbox()) : events,
              NotificationSetup.of(store, templates, senders, users, threads),
              orders,
              new Wiring.HostExtensions(List.copyOf(sagas), List.copyOf(subscriptions)),
              counters,
              search,
              new EngineSetup(engine, relay, threads, name, inventory == null ? counters : null));
      return new TechCorp(wiring.start());
    }

    private HostPorts host() {
      return new HostPorts(
          Adapters.required(payments, "payment gateway", "payments(…)"),
          Adapters.required(carts, "cart reader", "carts(…)"),
          Adapters.required(catalog, "product catalogue", "catalog(…)"),
          Adapters.required(customers, "customer directory", "customers(…)"),
          inventory,
          traces);
    }
  }
}
