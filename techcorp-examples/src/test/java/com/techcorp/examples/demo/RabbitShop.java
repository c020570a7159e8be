package com.techcorp.examples.demo;

import com.techcorp.TechCorp;
import com.techcorp.amqp.QueueLimit;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.error.OverloadedException;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.mail.SmtpSender;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A shop on a PostgreSQL of its own whose events travel over RabbitMQ: to mails, which a mail
 * server gets, and to a host's ledger, which fails at random.
 */
final class RabbitShop implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int REQUESTS = 8_000;
  private static final double FAILURES = 0.3;

  /** A consumer whose queue has a limit. */
  static final String SLOW = "slow";

  private static final DataFiles FILES = DataFiles.bundled();

  final TechCorp shop;
  final MailBook mails = MailBook.open();
  final HostLedger ledger;
  private final DemoDatabase database = DemoDatabase.open(null, null, 14);
  final RabbitEventBus bus;
  private final RabbitOptions options;
  private final SmtpSender sender = MailBook.sender(mails.port(), 2);
  private final Deque<PlaceOrder> requests;

  /**
   * @param uri of the broker, or of what stands before it
   */
  RabbitShop(String uri, RelayOptions relay, Random random) throws SQLException {
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    DemoData.load(database.dataSource(), FILES);
    DemoData.stock(database.dataSource(), FILES);
    HostLedger.createTable(database.dataSource());
    requests = new ArrayDeque<>(OrderRequests.of(database.dataSource(), FILES, REQUESTS));
    PostgresStorage storage = DemoShop.storage(database.dataSource());
    ledger = new HostLedger(database.dataSource(), storage, HostLedger.failing(random, FAILURES));
    options =
        RabbitOptions.DEFAULT
            .withPrefix("test." + UUID.randomUUID())
            .withConfirmTimeout(Duration.ofSeconds(2))
            .withTopologyCheck(Duration.ofSeconds(2))
            .withLimit(SLOW, QueueLimit.refuse(5))
            .withWaits(Stream.of(20, 40, 80, 160, 320).map(Duration::ofMillis).toList());
    bus = RabbitEventBus.connect(uri, options);
    bus.subscribe(ledger.subscription());
    shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(SimulatedGateway.approving())
            .sender(sender)
            .events(bus)
            .relay(relay)
            .start();
  }

  /** Places an order that nobody placed before, and waits for its end. */
  OrderOutcome order() {
    return outcome(next());
  }

  private OrderOutcome outcome(PlaceOrder request) {
    return shop.orders()
        .place(request)
        .outcome()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** As a host does that meets its own bounds: asks again once there is room. */
  OrderOutcome orderWhenThereIsRoom() {
    PlaceOrder request = next();
    while (true) {
      try {
        return outcome(request);
      } catch (OverloadedException e) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private synchronized PlaceOrder next() {
    return requests.remove();
  }

  /** What the ledger must hold in the end. */
  static Map<UUID, List<String>> lines(List<OrderOutcome> outcomes) {
    Map<UUID, List<String>> lines = new HashMap<>();
    for (OrderOutcome outcome : outcomes) {
      lines.put(
          outcome.orderId(),
          outcome instanceof OrderOutcome.Confirmed
              ? List.of("1 payment.confirmed", "2 order.confirmed")
              : List.of("1 order.cancelled"));
    }
    return lines;
  }

  /** Gives the ledger again what it failed on too often. */
  void replay() {
    bus.deadLetters(HostLedger.CONSUMER).replay(1_000);
  }

  /** The exchange of events at the broker. */
  String exchange() {
    return options.prefix() + ".events";
  }

  /** A consumer's queues at the broker, the first one first. */
  List<String> queues(String consumer) {
    String first = options.prefix() + "." + consumer;
    List<String> queues = new ArrayList<>(List.of(first, first + ".dead"));
    for (int attempt = 1; attempt <= options.waits().size(); attempt++) {
      queues.add(first + ".wait." + attempt);
      queues.add(first + ".again." + (attempt + 1));
    }
    return queues;
  }

  /** Sends orders' events to a consumer again, for what was in a queue that is gone. */
  void sendAgain(String consumer, Collection<OrderOutcome> outcomes) {
    outcomes.forEach(outcome -> shop.events().sendAgain(outcome.orderId(), consumer));
  }

  /** How many events are in the outbox. */
  long waiting() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from messaging.outbox")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** How many mails are missing or not yet decided. */
  long unsent() throws SQLException {
    return MailBook.open(database.dataSource());
  }

  Map<DeliveryStatus, Integer> judgeMails() throws SQLException {
    return mails.judge(database.dataSource());
  }

  InvariantReport check() {
    return InvariantCheck.on(database.dataSource()).withSettled(true).run();
  }

  @Override
  public void close() {
    shop.close();
    sender.close();
    mails.close();
    database.close();
  }
}
