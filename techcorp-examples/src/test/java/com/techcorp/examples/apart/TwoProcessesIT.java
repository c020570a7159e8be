package com.techcorp.examples.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.examples.demo.MailBook;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.payment.CardToken;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedMoney;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Orders and inventory are two processes on two databases with RabbitMQ between. Whichever is
 * killed, whenever, both books end right, and agree; and so do the provider's and the mail
 * server's.
 */
class TwoProcessesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final UUID plenty = UUID.randomUUID();
  private final UUID scarce = UUID.randomUUID();
  private final List<Child> everyOrders = new ArrayList<>();
  private final PostgresServer server = PostgresServer.shared();
  private final String ordersName = server.createDatabase();
  private final String stockName = server.createDatabase();
  private HikariDataSource ordersPool;
  private HikariDataSource stockPool;
  private Books books;
  private RabbitServer broker;
  private ProviderProcess provider;
  private MailBook mails;
  private Child orders;
  private Child inventory;

  @BeforeEach
  void open() {
    broker = RabbitServer.start();
    ordersPool = Settings.pool(server.jdbcUrl(ordersName));
    stockPool = Settings.pool(server.jdbcUrl(stockName));
    books = new Books(ordersPool, stockPool);
    PostgresStorage.migrate(ordersPool);
    PostgresStorage.migrate(stockPool);
    goodsIn(plenty, 1_000_000);
    goodsIn(scarce, 20);
    mails = MailBook.open();
    provider = ProviderProcess.start();
    provider.on().card(new CardToken("tok_declined"), SimulatedCharge.decline("card_declined"));
    provider.on().card(new CardToken("tok_lost"), SimulatedCharge.loseAnswer());
    inventory = startInventory(0);
    orders = startOrders(0);
    inventory.awaitReady();
    orders.awaitReady();
  }

  @AfterEach
  void close() {
    everyOrders.forEach(Child::close);
    inventory.close();
    provider.close();
    mails.close();
    broker.close();
    ordersPool.close();
    stockPool.close();
    server.dropDatabase(ordersName);
    server.dropDatabase(stockName);
  }

  private void goodsIn(UUID product, long units) {
    PostgresStorage.on(stockPool)
        .unitOfWork()
        .commit(
            null,
            List.of(
                WriteSet.of(
                    UUID.randomUUID(),
                    new StockEffect.Restock(product, units, StockEffect.MovementType.RECEIPT))));
  }

  private Child startInventory(int life) {
    return Child.start(
        InventoryProcess.class,
        "name=inventory-" + life,
        "url=" + server.jdbcUrl(stockName),
        "rabbit=" + broker.amqpUri());
  }

  private Child startOrders(int life) {
    Child started =
        Child.start(
            OrdersProcess.class,
            "name=orders-" + life,
            "url=" + server.jdbcUrl(ordersName),
            "rabbit=" + broker.amqpUri(),
            "provider=" + provider.uri(),
            "mail=" + mails.port(),
            "plenty=" + plenty,
            "scarce=" + scarce);
    everyOrders.add(started);
    return started;
  }

  @Test
  void endRightAfterFiveKills() throws Exception {
    killed(5, 20_240_621);
  }

  @Test
  @Tag("soak")
  void endRightAfterFiftyKills() throws Exception {
    killed(50, System.nanoTime());
  }

  private void killed(int kills, long seed) throws Exception {
    System.out.println(kills + " kills, seed " + seed);
    Instant begun = Instant.now();
    SplittableRandom random = new SplittableRandom(seed);
    awaitConfirmed(10);
    broker.syncQueues();

    // when
    for (int kill = 1; kill <= kills; kill++) {
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_200)).toNanos());
      Victim victim = victim(kill, random);
      Instant before = Instant.now();
      kill(victim, kill);
      Instant back = Instant.now();
      long confirmed = confirmed();
      awaitConfirmed(confirmed + 3);
      System.out.printf(
          "%s was back after %d ms, orders went on after %d ms%n",
          victim,
          Duration.between(before, back).toMillis(),
          Duration.between(back, Instant.now()).toMillis());
    }
    orders.stopLoad();
    Instant killed = Instant.now();

    // then
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(books.open()).as("%s", books.waiting()).isZero());
    Instant rested = Instant.now();
    settleMails();
    judge();
    System.out.println("mails: " + mails.judge(ordersPool));
    System.out.printf(
        "%d kills took %s, the rest %s%n",
        kills, Duration.between(begun, killed), Duration.between(killed, rested));
  }

  private enum Victim {
    ORDERS,
    BROKER,
    INVENTORY
  }

  /** Each once at first; then the broker, which is slow to come back, less often. */
  private static Victim victim(int kill, SplittableRandom random) {
    if (kill <= Victim.values().length) {
      return Victim.values()[kill - 1];
    }
    int die = random.nextInt(5);
    return die == 0 ? Victim.BROKER : die < 3 ? Victim.ORDERS : Victim.INVENTORY;
  }

  private void kill(Victim victim, int life) {
    switch (victim) {
      case INVENTORY -> {
        inventory.kill();
        inventory.close();
        inventory = startInventory(life).awaitReady();
      }
      case ORDERS -> {
        orders.kill();
        orders = startOrders(life).awaitReady();
      }
      case BROKER -> {
        broker.kill();
        broker.restart();
      }
    }
  }

  private long confirmed() throws SQLException {
    return books.number(
        ordersPool, "select count(*) from orders.orders where status = 'CONFIRMED'");
  }

  private void awaitConfirmed(long orders) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThat(confirmed()).as("%s", books.waiting()).isGreaterThanOrEqualTo(orders));
  }

  private void judge() throws SQLException {
    assertInvariants(InvariantCheck.on(ordersPool).withSettled(true).withStockElsewhere(true));
    assertInvariants(InvariantCheck.on(stockPool).withSettled(true));
    Map<UUID, String> statuses = books.statuses();
    for (Child each : everyOrders) {
      assertThat(each.broken()).as("errors without a type").isEmpty();
      assertThat(statuses)
          .as("orders with a receipt")
          .containsKeys(each.placed().toArray(new UUID[0]));
    }
    assertBooksAgree(statuses);
    assertPaid(statuses);
    System.out.println(
        statuses.size()
            + " orders: "
            + statuses.values().stream()
                .collect(
                    java.util.stream.Collectors.groupingBy(
                        s -> s, java.util.stream.Collectors.counting())));
  }

  private void settleMails() {
    try (RabbitEventBus bus = RabbitEventBus.connect(broker.amqpUri(), Settings.RABBIT)) {
      MailBook.settle(ordersPool, bus);
    }
  }

  private static void assertInvariants(InvariantCheck check) {
    InvariantReport report = check.run();
    assertThat(report.isClean()).as(report::text).isTrue();
  }

  /** What is confirmed here is sold there, line by line; nothing else is held or sold. */
  private void assertBooksAgree(Map<UUID, String> statuses) throws SQLException {
    Map<UUID, Map<UUID, Long>> wanted = books.items();
    wanted.keySet().removeIf(order -> !statuses.get(order).equals("CONFIRMED"));
    assertThat(books.held()).as("held or sold, by order").isEqualTo(wanted);
    assertThat(books.sold()).as("moved, by order").isEqualTo(wanted);
  }

  private void assertPaid(Map<UUID, String> statuses) throws SQLException {
    Map<UUID, SimulatedMoney> money = provider.moneyByOrder();
    Map<UUID, Map<UUID, Long>> items = books.items();
    Set<UUID> strangers = new HashSet<>(money.keySet());
    strangers.removeAll(statuses.keySet());
    assertThat(strangers).as("orders that paid and are not there").isEmpty();
    statuses.forEach(
        (order, status) -> {
          long units = items.get(order).values().stream().mapToLong(Long::longValue).sum();
          SimulatedMoney paid = money.getOrDefault(order, SimulatedMoney.NONE);
          assertThat(paid.charges()).as("charges of %s", order).isLessThanOrEqualTo(1);
          assertThat(paid.kept())
              .as("money kept of %s, %s: %s", order, status, paid)
              .isEqualTo(status.equals("CONFIRMED") ? units * OrdersProcess.PRICE : 0);
        });
  }
}
