package com.techcorp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.TraceContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.TemplateSource;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.notification.internal.LoggingSender;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderSettings;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires ports to adapters. Not thread-safe; {@link #start} copies everything. Giving one port two
 * adapters, or leaving out one that is needed, is told as {@link WiringException}.
 */
public final class TechCorpBuilder {
  private static final Logger log = LoggerFactory.getLogger(TechCorp.class);

  private final List<SagaDefinition<?>> sagas = new ArrayList<>();
  private final List<MessageSender> senders = new ArrayList<>();
  private @Nullable Storage storage;
  private @Nullable PaymentGateway payments;
  private @Nullable CartReader carts;
  private @Nullable ProductCatalog catalog;
  private @Nullable CustomerDirectory customers;
  private @Nullable InventoryReserver inventory;
  private @Nullable EventTransport events;
  private @Nullable TemplateSource templates;
  private @Nullable ObjectMapper json;
  private @Nullable TraceContext traces;
  private EngineOptions engine = EngineOptions.DEFAULT;
  private OrderSettings orders = OrderSettings.DEFAULT;
  private RelayOptions relay = RelayOptions.DEFAULT;
  private Threads threads = new OwnThreads();
  private String name = "pid " + ProcessHandle.current().pid();

  TechCorpBuilder() {}

  /**
   * Where everything durable is. Required.
   *
   * @param adapter such as {@code PostgresStorage.on(dataSource)}
   * @return this
   */
  public TechCorpBuilder storage(Storage adapter) {
    storage = once("storage", storage, adapter);
    return this;
  }

  /**
   * The payment provider. Required.
   *
   * @param gateway charges and refunds
   * @return this
   */
  public TechCorpBuilder payments(PaymentGateway gateway) {
    payments = once("payments", payments, gateway);
    return this;
  }

  /**
   * The host's carts. Required.
   *
   * @param reader finds carts
   * @return this
   */
  public TechCorpBuilder carts(CartReader reader) {
    carts = once("carts", carts, reader);
    return this;
  }

  /**
   * The host's products. Required.
   *
   * @param products finds products
   * @return this
   */
  public TechCorpBuilder catalog(ProductCatalog products) {
    catalog = once("catalog", catalog, products);
    return this;
  }

  /**
   * The host's customers. Required.
   *
   * @param directory finds customers and their addresses
   * @return this
   */
  public TechCorpBuilder customers(CustomerDirectory directory) {
    customers = once("customers", customers, directory);
    return this;
  }

  /**
   * Stock that is kept in another database: orders reserve, extend and give back by calls to it,
   * and are confirmed by the event {@code payment.confirmed}, which it answers by an event. Needs
   * {@link #events} that reach it. Default: stock is kept in the storage, and an order costs two
   * commits.
   *
   * @param elsewhere such as {@code RemoteInventoryReserver.connect(…)}; yours to close, after the
   *     library
   * @return this
   */
  public TechCorpBuilder inventory(InventoryReserver elsewhere) {
    inventory = once("inventory", inventory, elsewhere);
    return this;
  }

  /**
   * Carries events to consumers. Default: inside the process.
   *
   * @param bus carries events
   * @return this
   */
  public TechCorpBuilder events(EventTransport bus) {
    events = once("events", events, bus);
    return this;
  }

  /**
   * Sends messages over one channel; one sender a channel. Default for {@code email}: the log tells
   * that one would be sent.
   *
   * @param sender sends
   * @return this
   */
  public TechCorpBuilder sender(MessageSender sender) {
    senders.add(Objects.requireNonNull(sender, "sender"));
    return this;
  }

  /**
   * The host's own templates; those built in serve what it lacks.
   *
   * @param source finds templates
   * @return this
   */
  public TechCorpBuilder templates(TemplateSource source) {
    templates = once("templates", templates, source);
    return this;
  }

  /**
   * Gives an order's events the trace in which it was placed. Default: none. Give it to all
   * processes on a storage: one without leaves it out of the events that it adds to an order later.
   *
   * @param context asked on the thread that places an order
   * @return this
   */
  public TechCorpBuilder traces(TraceContext context) {
    traces = once("traces", traces, context);
    return this;
  }

  /**
   * A saga of the host's own.
   *
   * @param definition its steps
   * @return this
   */
  public TechCorpBuilder saga(SagaDefinition<?> definition) {
    sagas.add(Objects.requireNonNull(definition, "definition"));
    return this;
  }

  /**
   * Writes and reads saga data. Default: a plain {@code ObjectMapper}.
   *
   * @param mapper must write and read the data of every registered saga
   * @return this
   */
  public TechCorpBuilder json(ObjectMapper mapper) {
    json = once("json", json, mapper);
    return this;
  }

  /**
   * Sizes and times of the engine. Default: {@link EngineOptions#DEFAULT}.
   *
   * @param options sizes and times
   * @return this
   */
  public TechCorpBuilder engine(EngineOptions options) {
    this.engine = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * How orders are handled. Default: {@link OrderSettings#DEFAULT}.
   *
   * @param settings times, retries, extra steps
   * @return this
   */
  public TechCorpBuilder orders(OrderSettings settings) {
    this.orders = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Sizes and times of the outbox relay. Default: {@link RelayOptions#DEFAULT}.
   *
   * @param options sizes and times
   * @return this
   */
  public TechCorpBuilder relay(RelayOptions options) {
    this.relay = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Where the library's own work runs. Default: daemon threads of its own.
   *
   * @param source gives executors, timers and the monotonic time
   * @return this
   */
  public TechCorpBuilder threads(Threads source) {
    this.threads = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * This process's name for operators. Default: its process id.
   *
   * @param process such as host and process id
   * @return this
   */
  public TechCorpBuilder name(String process) {
    this.name = Objects.requireNonNull(process, "process");
    return this;
  }

  static <T> T once(String port, @Nullable T before, T adapter) {
    Objects.requireNonNull(adapter, port);
    if (before != null) {
      throw new WiringException(
          port
              + " was given two adapters, "
              + before.getClass().getName()
              + " and "
              + adapter.getClass().getName()
              + ": give one");
    }
    return adapter;
  }

  static <T> T required(@Nullable T adapter, String port, String hint) {
    if (adapter == null) {
      throw new WiringException("no " + port + ": give one with builder()." + hint);
    }
    return adapter;
  }

  /**
   * Checks everything, registers this process and begins to take up what is due.
   *
   * @return the running library; close it
   * @throws WiringException says what is missing or wrong, and what to change
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
   */
  public TechCorp start() {
    Storage store = required(storage, "storage", "storage(PostgresStorage.on(dataSource))");
    PaymentGateway gateway = required(payments, "payment gateway", "payments(…)");
    CartReader cartReader = required(carts, "cart reader", "carts(…)");
    ProductCatalog products = required(catalog, "product catalogue", "catalog(…)");
    CustomerDirectory directory = required(customers, "customer directory", "customers(…)");
    if (inventory != null) {
      required(events, "event bus to an inventory elsewhere", "events(RabbitEventBus.connect(…))");
    }
    checkWindow(gateway);
    store.checkReady(engine);
    return new Wiring(
            store,
            gateway,
            cartReader,
            products,
            directory,
            inventory,
            events == null ? inProcess(store) : events,
            notifier(store),
            orders,
            List.copyOf(sagas),
            traces,
            new EngineRuntime.Options(
                engine, relay, json == null ? new ObjectMapper() : json.copy(), threads, name))
        .start();
  }

  private InProcessEventBus inProcess(Storage store) {
    return new InProcessEventBus(store.inbox());
  }

  /** Within the window the provider folds a repeated charge; the hold must not outlive it. */
  private void checkWindow(PaymentGateway gateway) {
    if (gateway.idempotencyWindow().compareTo(orders.holdCap()) < 0) {
      log.warn(
          "The payment provider recognizes repeats for {} only, shorter than the hold of {}: a charge"
              + " that was not answered is then looked up, but not sent again",
          gateway.idempotencyWindow(),
          orders.holdCap());
    }
  }

  private DefaultNotifier notifier(Storage store) {
    TemplateSource builtIn = ResourceTemplates.builtIn();
    TemplateSource source = templates == null ? builtIn : templates.orElse(builtIn);
    List<MessageSender> all = new ArrayList<>(senders);
    if (all.stream().noneMatch(s -> s.channel().equals(MessageSender.EMAIL))) {
      all.add(new LoggingSender());
    }
    return new DefaultNotifier(store.deliveries(), source, all, threads::nanoTime);
  }
}
