package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.cli.OperatorCommand;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.Order;
import com.techcorp.order.OrderReceipt;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The commands of docs/operations.md, against a shop with a consumer that failed. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperatorCommandIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONSUMER = "accounting";

  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private volatile boolean mended;
  private DemoDatabase database;
  private RabbitServer broker;
  private String virtualHost;
  private TechCorp shop;
  private Order order;

  @BeforeEach
  void takeAnOrderWhoseConsumerFails() {
    database = DemoDatabase.open(null, null, 14);
    DataFiles files = DataFiles.bundled();
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    DemoData.load(database.dataSource(), files);
    DemoData.stock(database.dataSource(), files);
    broker = RabbitServer.shared();
    virtualHost = broker.createVirtualHost();
    environment.put("TECHCORP_RABBITMQ_URL", broker.amqpUri(virtualHost));
    PostgresStorage storage = DemoShop.storage(database.dataSource());
    shop = open(storage);
    OrderReceipt receipt = shop.orders().place(OrderRequests.placing(files.orders().get(0)));
    receipt.outcome().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    order = storage.orders().find(receipt.orderId()).orElseThrow();
  }

  private TechCorp open(PostgresStorage storage) {
    RabbitEventBus bus =
        RabbitEventBus.connect(
            broker.amqpUri(virtualHost),
            RabbitOptions.DEFAULT.withWaits(List.of(Duration.ofMillis(20))));
    bus.subscribe(
        new Subscription(CONSUMER, Set.of("payment.confirmed", "order.confirmed"), this::handle));
    return TechCorp.builder()
        .storage(storage)
        .carts(storage.carts())
        .catalog(storage.catalog())
        .customers(storage.customers())
        .payments(SimulatedGateway.approving())
        .sender(new RecordingSender())
        .events(bus)
        .start();
  }

  private void handle(Event event) {
    if (!mended) {
      throw new IllegalStateException("the ledger is closed");
    }
    handled.add(event);
  }

  @AfterEach
  void close() {
    shop.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
  }

  private int run(String... args) {
    CommandLine line = OperatorCommand.commandLine(environment);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  /** Without the password that the address of a given server may hold. */
  private String url() {
    return Pattern.compile("(user|password)=([^&]*)&?")
        .matcher(database.url())
        .replaceAll(
            (MatchResult found) -> {
              String name = found.group(1).equals("user") ? "user" : "TECHCORP_POSTGRES_PASSWORD";
              environment.put(name, found.group(2));
              return "";
            });
  }

  private int sendAgain(String consumer, String which) {
    String url = url();
    return run(
        "send-again",
        "--url",
        url,
        "--user",
        environment.getOrDefault("user", "postgres"),
        consumer,
        which);
  }

  @Test
  void deadLettersAreListedAndReplayed() {
    // given
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              out.getBuffer().setLength(0);
              assertThat(run("dead", CONSUMER)).isZero();
              assertThat(out.toString()).contains("2 dead letters of accounting");
            });
    assertThat(out.toString())
        .contains("payment.confirmed, 2 attempts: java.lang.IllegalStateException: the ledger is");

    // when
    mended = true;
    assertThat(run("replay", CONSUMER)).isZero();

    // then
    assertThat(out.toString()).contains("2 dead letters given to accounting again");
    await().atMost(LIMIT).until(() -> handled.size() == 2);
    assertThat(handled)
        .extracting(Event::type)
        .containsExactlyInAnyOrder("payment.confirmed", "order.confirmed");
    assertThat(run("dead", CONSUMER, "--limit", "5", "--bodies")).isZero();
    assertThat(out.toString()).contains("0 dead letters of accounting");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anOrdersEventsAreSentAgainByItsNumber() {
    // given
    mended = true;

    // when
    assertThat(sendAgain(CONSUMER, order.orderNumber())).as(err.toString()).isZero();

    // then
    assertThat(out.toString())
        .contains("2 events of order " + order.orderNumber() + " sent to accounting");
    await().atMost(LIMIT).until(() -> handled.size() >= 2);
    assertThat(handled).allMatch(event -> event.stream().id().equals(order.id()));
  }

  @Test
  void deadLettersOfTheBusInTheProcessAreListedAndReplayedInTheDatabase() {
    // given
    PostgresStorage storage = DemoShop.storage(database.dataSource());
    Event event = shop.events().of(order.id()).get(0);
    storage
        .inbox()
        .addDeadLetter("erp", event, "java.lang.IllegalStateException: closed on Sundays");

    // when
    assertThat(runOnDatabase("dead", "--bodies", "erp")).as(err.toString()).isZero();
    assertThat(runOnDatabase("replay", "erp")).as(err.toString()).isZero();
    assertThat(runOnDatabase("backlog")).as(err.toString()).isZero();

    // then
    assertThat(out.toString())
        .contains("payment.confirmed of order " + order.id() + ": java.lang.IllegalState")
        .contains("1 dead letters of erp")
        .contains("1 dead letters given to erp again")
        .contains("1 events wait for erp");
    assertThat(storage.inbox().dead("erp", 10)).isEmpty();
    assertThat(storage.consumerBacklog().list("erp", 10))
        .extracting(Event::id)
        .containsExactly(event.id());
    assertThat(run("backlog")).isEqualTo(OperatorCommand.USAGE);
  }

  private int runOnDatabase(String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command, "--url", url()));
    all.addAll(List.of("--user", environment.getOrDefault("user", "postgres")));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  @Test
  void whatIsNotThereIsTold() {
    assertThat(run("dead", "nobody")).isEqualTo(OperatorCommand.FAILED);
    assertThat(err.toString()).contains("no consumer 'nobody'");

    assertThat(sendAgain("nobody", order.id().toString())).isEqualTo(OperatorCommand.FAILED);
    assertThat(sendAgain(CONSUMER, "TC-1999-000001")).isEqualTo(OperatorCommand.FAILED);
    assertThat(err.toString()).contains("no order TC-1999-000001");
  }

  @Test
  void wrongUsageIsToldWithoutQuotingAPassword() {
    assertThat(run("send-again", "--url", "jdbc:postgresql://x/y?password=s3cret", CONSUMER, "1"))
        .isEqualTo(OperatorCommand.USAGE);
    environment.clear();
    assertThat(run("dead", CONSUMER)).isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).contains("TECHCORP_RABBITMQ_URL").doesNotContain("s3cret");
  }
}
