package com.techcorp.examples.demo;

import com.techcorp.InProcessEventBus;
import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.examples.data.OrderRequest;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A process that relays events, or has effects of them, and lives until it is killed, or alone. It
 * says on its standard output what it did.
 */
final class EventProcess {
  static final String READY = "ready";
  static final String ORDERED = "ordered ";
  static final String DELIVERED = "delivered ";

  private static final CountDownLatch ready = new CountDownLatch(1);

  private EventProcess() {}

  /** What all of a test's processes agree on. Confirms are waited for longer than a test takes. */
  static RabbitOptions options(String prefix) {
    return RabbitOptions.DEFAULT
        .withPrefix(prefix)
        .withConfirmTimeout(Duration.ofMinutes(10))
        .withWaits(Stream.of(20, 40, 80).map(Duration::ofMillis).toList());
  }

  /** Takes orders as it is told, and relays. */
  static final class Relaying {
    private Relaying() {}

    /**
     * Runs it. Each line of its standard input is the first of the orders to be placed, and how
     * many.
     *
     * @param args the database's address, the broker's, the names' prefix, and the mail server's
     *     port
     */
    public static void main(String[] args) throws InterruptedException {
      PostgresStorage storage =
          PostgresStorage.builder(pool(args[0]))
              .schemas(DemoShop.SCHEMAS)
              .timeout(Duration.ofMillis(1_500))
              .build();
      TechCorp shop =
          TechCorp.builder()
              .storage(storage)
              .carts(storage.carts())
              .catalog(storage.catalog())
              .customers(storage.customers())
              .payments(SimulatedGateway.approving())
              .events(RabbitEventBus.connect(args[1], options(args[2])))
              .sender(MailBook.sender(Integer.parseInt(args[3]), 2))
              .engine(EngineOptions.DEFAULT.withLease(Duration.ofSeconds(2)))
              .relay(RelayOptions.DEFAULT.withPollInterval(Duration.ofMillis(50)))
              .start();
      listenForOrders(shop);
      sayReady();
      Thread.currentThread().join();
    }
  }

  /** What the ledger of {@link Alone} does. */
  enum Ledger {
    /** It fails on every event, after its effect was written. */
    FAILS,
    /** It stands still at one event, when its effect is committed. */
    STOPS,
    WORKS
  }

  /** Takes orders and has a ledger on the bus inside the process. */
  static final class Alone {
    private static final int STOPS_AT = 7;

    private Alone() {}

    /**
     * Runs it. Each line of its standard input is the first of the orders to be placed, and how
     * many.
     *
     * @param args the database's address, and what its {@link Ledger} does
     */
    public static void main(String[] args) throws InterruptedException {
      DataSource pool = pool(args[0]);
      Ledger ledger = Ledger.valueOf(args[1]);
      AtomicInteger taken = new AtomicInteger();
      PostgresStorage storage =
          PostgresStorage.builder(pool)
              .schemas(DemoShop.SCHEMAS)
              .timeout(Duration.ofMillis(1_500))
              .build();
      // However often it has failed, the next process is not to wait for long.
      RetryPolicy often = RetryPolicy.every(Duration.ofMillis(200), Integer.MAX_VALUE);
      InProcessEventBus bus = new InProcessEventBus(storage.inbox(), often);
      bus.subscribe(
          new HostLedger(
                  pool,
                  storage,
                  (moment, event) -> {
                    if (ledger == Ledger.FAILS && moment == HostLedger.Moment.WRITTEN) {
                      throw new IllegalStateException("the ledger is closed");
                    }
                    if (ledger == Ledger.STOPS
                        && moment == HostLedger.Moment.COMMITTED
                        && taken.incrementAndGet() == STOPS_AT) {
                      say(moment + " " + event.id());
                      standStill();
                    }
                  })
              .subscription());
      TechCorp shop =
          TechCorp.builder()
              .storage(storage)
              .carts(storage.carts())
              .catalog(storage.catalog())
              .customers(storage.customers())
              .payments(SimulatedGateway.approving())
              .events(bus)
              .engine(EngineOptions.DEFAULT.withLease(Duration.ofSeconds(2)))
              .relay(RelayOptions.DEFAULT.withPollInterval(Duration.ofMillis(50)))
              .start();
      listenForOrders(shop);
      sayReady();
      Thread.currentThread().join();
    }
  }

  private static void listenForOrders(TechCorp shop) {
    List<OrderRequest> requests = DataFiles.bundled().orders();
    ChildJvm.listen(
        line -> {
          String[] numbers = line.split(" ", 2);
          int from = Integer.parseInt(numbers[0]);
          for (int i = from; i < from + Integer.parseInt(numbers[1]); i++) {
            say(
                ORDERED
                    + shop.orders()
                        .place(OrderRequests.placing(requests.get(i)))
                        .outcome()
                        .join()
                        .orderId());
          }
        });
  }

  /** Has the ledger's effects, and may stand still in the middle of the first. */
  static final class Keeping {
    private Keeping() {}

    /**
     * Runs it.
     *
     * @param args the database's address, the broker's, the names' prefix, and at which {@link
     *     HostLedger.Moment} to stand still, if at any
     */
    public static void main(String[] args) throws InterruptedException {
      ChildJvm.haltWithParent();
      DataSource pool = pool(args[0]);
      String where = args.length > 3 ? args[3] : "";
      Subscription ledger =
          new HostLedger(
                  pool,
                  PostgresStorage.on(pool),
                  (moment, event) -> {
                    if (moment.name().equals(where)) {
                      say(moment + " " + event.id());
                      standStill();
                    }
                  })
              .subscription();
      RabbitEventBus.connect(args[1], options(args[2]))
          .subscribe(
              new Subscription(
                  ledger.consumer(),
                  ledger.types(),
                  event -> {
                    say(DELIVERED + event.id());
                    ledger.handler().handle(event);
                  }));
      sayReady();
      Thread.currentThread().join();
    }
  }

  private static void standStill() {
    while (true) {
      LockSupport.park();
    }
  }

  private static DataSource pool(String url) {
    return DemoDatabase.pool(url, 10, "event-process");
  }

  private static void sayReady() {
    System.out.println(READY);
    ready.countDown();
  }

  /** Never before {@link #READY}: who waits for that line drops those before it. */
  private static void say(String line) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the process was ready", e);
    }
    System.out.println(line);
  }
}
