package com.techcorp.jdbc;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.provider.ProviderGateway;
import com.techcorp.storage.Effect;
import com.techcorp.testkit.ForwardingGateway;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A host in a process of its own that does what it is told over its standard input, and says on its
 * standard output what it placed and what it was refused. It pays at a provider's process. See
 * {@link Worker} for the other end.
 */
final class ShopWorker {
  static final UUID USER = new UUID(0, 1);
  private static final UUID ADDRESS = new UUID(0, 2);

  private final Map<String, String> options;
  private final UUID product;
  private final HikariDataSource pool;
  private final StoppableGateway gateway;
  private final TechCorp library;
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Tally tally = new Tally();
  private final Object jam = new Object();
  private boolean jammed;
  private volatile boolean loading;

  private ShopWorker(Map<String, String> options) {
    this.options = options;
    this.product = UUID.fromString(options.get("product"));
    this.pool = pool();
    this.gateway =
        new StoppableGateway(
            ProviderGateway.at(URI.create(options.get("provider")))
                .requestLifetime(millis("requestLifetime")));
    this.library = started();
  }

  /**
   * Runs a shop until it is told to close, killed, or alone.
   *
   * @param args options as {@code name=value}
   */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    ShopWorker worker = new ShopWorker(options);
    ChildJvm.listen(worker::obey);
    say("ready");
    Thread.currentThread().join();
  }

  private Duration millis(String option) {
    return Duration.ofMillis(Long.parseLong(options.get(option)));
  }

  private int number(String option) {
    return Integer.parseInt(options.get(option));
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(options.get("url"));
    config.setMaximumPoolSize(12);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.addDataSourceProperty("ApplicationName", options.get("name"));
    // Silence from the network must become an error: socketTimeout is beyond the library's own.
    config.addDataSourceProperty("connectTimeout", "2");
    // A connection may fall silent while it is opened, and HikariCP opens one at a time.
    config.addDataSourceProperty("loginTimeout", "5");
    // On a busy machine the first one may take longer.
    config.setInitializationFailTimeout(60_000);
    config.addDataSourceProperty("socketTimeout", options.get("socketTimeout"));
    return new HikariDataSource(config);
  }

  private TechCorp started() {
    EngineOptions engine =
        EngineOptions.DEFAULT
            .withLease(millis("lease"))
            .withPollInterval(Duration.ofMillis(100))
            .withMaxInFlight(number("inFlight"))
            .withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(number("calls")));
    OrderOptions orders =
        OrderOptions.DEFAULT
            .withPaymentTimeout(millis("payTimeout"))
            .withPaymentRetry(
                RetryPolicy.doubling(Duration.ofMillis(200), Duration.ofSeconds(2), 1_000))
            .withStepAfter("pay", LocalStep.named("loyalty", order -> points()))
            // By default a reversal waits for up to five minutes, longer than a test does.
            .withRefundRetry(
                RetryPolicy.doubling(Duration.ofMillis(200), Duration.ofSeconds(5), 1_000));
    return TechCorp.builder()
        .name(options.get("name"))
        .storage(PostgresStorage.builder(pool).timeout(millis("timeout")).build())
        .payments(gateway)
        .carts(id -> Optional.of(new Cart(id, USER, List.of(new Cart.Item(product, 1)))))
        .catalog(ids -> Map.of(product, new Product(product, "P", TestShop.PRICE, "BRL", 1)))
        .customers(new AnyCustomer())
        .events(new DiscardingBus())
        .engine(engine)
        .orders(orders)
        .start();
  }

  /** A step of the host that hangs until it is released, and ignores interruption. */
  private List<Effect> points() {
    synchronized (jam) {
      boolean told = false;
      while (jammed) {
        if (!told) {
          say("stuck");
          told = true;
        }
        try {
          jam.wait();
        } catch (InterruptedException e) {
          say("interrupted");
        }
      }
    }
    return List.of();
  }

  private void jam(boolean stands) {
    synchronized (jam) {
      jammed = stands;
      jam.notifyAll();
    }
    say(stands ? "jammed" : "free");
  }

  private void obey(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "place" -> place(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
      case "load" -> load(Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]);
      case "stop" -> loading = false;
      case "again" -> callers.execute(() -> attempt(words[1]));
      case "cancel" -> callers.execute(() -> cancel(UUID.fromString(words[1])));
      case "hold" -> gateway.hold();
      case "go" -> gateway.go();
      case "jam" -> jam(true);
      case "free" -> jam(false);
      case "health" -> say("health " + library.health().findings());
      case "heap" -> say("heap " + usedHeap());
      case "close" -> callers.execute(this::close);
      default -> say("what? " + line);
    }
  }

  static PlaceOrder request(String key) {
    UUID cart = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return PlaceOrder.of(USER, cart, ADDRESS, "credit_card", "tok_" + key).withKey(key);
  }

  /** So many orders, by so many callers. */
  private void place(int count, int threads, String prefix) {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      callers.execute(
          () -> {
            int number;
            while ((number = next.incrementAndGet()) <= count) {
              attempt(prefix + "-" + number);
            }
            done.countDown();
            if (done.getCount() == 0) {
              say("done");
            }
          });
    }
  }

  /** Callers who place one order after the other, with a pause, until told to stop. */
  private void load(int threads, long pauseMillis, String prefix) {
    loading = true;
    AtomicInteger next = new AtomicInteger();
    AtomicInteger running = new AtomicInteger(threads);
    for (int i = 0; i < threads; i++) {
      callers.execute(
          () -> {
            while (loading) {
              attempt(prefix + "-" + next.incrementAndGet());
              LockSupport.parkNanos(pauseMillis * 1_000_000);
            }
            if (running.decrementAndGet() == 0) {
              say("stopped " + tally);
            }
          });
    }
  }

  /** How attempts went, and how long refusals for overload took. */
  private static final class Tally {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder overloaded = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Long::max, 0);

    void refused(long took) {
      overloaded.increment();
      nanos.add(took);
      longest.accumulate(took);
    }

    /** Attempts, those refused for overload, and how many microseconds that took: mean, longest. */
    @Override
    public String toString() {
      long refusals = Math.max(1, overloaded.sum());
      return attempts
          + " "
          + overloaded
          + " "
          + nanos.sum() / refusals / 1_000
          + " "
          + longest.get() / 1_000;
    }
  }

  /** A refusal for overload is counted and not said. */
  private void attempt(String key) {
    long begun = System.nanoTime();
    tally.attempts.increment();
    try {
      say("placed " + key + " " + library.orders().place(request(key)).orderId());
    } catch (OverloadedException e) {
      tally.refused(System.nanoTime() - begun);
    } catch (TechCorpException e) {
      say("failed " + key + " " + e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      say("broken " + key + " " + e);
    }
  }

  private void cancel(UUID order) {
    try {
      library.orders().cancel(USER, order, "changed my mind");
      say("cancelling " + order);
    } catch (RuntimeException e) {
      say("broken " + order + " " + e);
    }
  }

  private void close() {
    loading = false;
    library.close(Duration.ofMillis(500));
    pool.close();
    say("closed");
    Runtime.getRuntime().halt(0);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  /** Takes all events; what consumers do with them is not what is tried here. */
  private static final class DiscardingBus implements EventTransport {
    @Override
    public void subscribe(Subscription subscription) {}

    @Override
    public CompletableFuture<Boolean> publish(Event event) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void resend(String consumer, List<Event> events) {}

    @Override
    public void close() {}
  }

  private static final class AnyCustomer implements CustomerDirectory {
    @Override
    public Optional<Customer> findCustomer(UUID id) {
      return Optional.of(new Customer(id, id + "@example.com", "Ana", "pt-BR"));
    }

    @Override
    public boolean ownsAddress(UUID owner, UUID address) {
      return true;
    }
  }

  /** A gateway whose charges can be held right before they are sent. */
  private static final class StoppableGateway extends ForwardingGateway {
    private boolean held;

    StoppableGateway(PaymentGateway provider) {
      super(provider);
    }

    synchronized void hold() {
      held = true;
      say("holding");
    }

    synchronized void go() {
      held = false;
      notifyAll();
    }

    private synchronized void pass(UUID order) throws InterruptedException {
      if (held) {
        say("charging " + order);
      }
      while (held) {
        wait();
      }
    }

    @Override
    public ChargeAnswer charge(ChargeRequest request) throws Exception {
      pass(request.orderId());
      return super.charge(request);
    }
  }
}
