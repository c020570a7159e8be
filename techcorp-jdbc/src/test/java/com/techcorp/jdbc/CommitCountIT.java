package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an order costs, told by the server's own log: every statement of every transaction. */
class CommitCountIT {
  /** Process and virtual transaction stand before each entry; its further lines are indented. */
  private static final Pattern ENTRY = Pattern.compile("(?ms)^#(\\S+) (\\S+)# (.*?)(?=^#|\\z)");

  private static final Pattern WRITE =
      Pattern.compile(
          "(?i)(insert into|update|delete from)\\s+(orders|inventory|payments|saga|messaging)\\.");

  private static final Pattern COMMIT =
      Pattern.compile("(?im)^LOG:\\s+(statement|execute [^:]*):\\s+commit\\s*$");

  private static PostgresServer server;
  private static TestShop shop;
  private static TechCorp library;

  @BeforeAll
  static void start() {
    server =
        PostgresServer.start(
            PostgresOptions.DEFAULT
                .withSetting("log_statement", "all")
                .withSetting("log_line_prefix", "#%p %v# "));
    shop = TestShop.over(TestDatabase.on(server), SimulatedGateway.approving());
    // Nothing in the background for a minute: what is seen is the order's.
    Duration quiet = Duration.ofMinutes(3);
    library =
        shop.start(
            builder ->
                builder
                    .engine(EngineOptions.DEFAULT.withLease(quiet).withPollInterval(quiet))
                    .relay(RelayOptions.DEFAULT.withPollInterval(quiet).withHandOver(false)));
  }

  @AfterAll
  static void stop() {
    shop.close();
    server.close();
  }

  @Test
  void aHappyOrderIsTwoCommitsFromPlaceToConfirmed() {
    // given: a block of order numbers is at hand
    UUID product = shop.product(library, 10);
    TestShop.outcome(library.orders().place(shop.order(product, 1)));
    PlaceOrder request = shop.order(product, 2);
    long before = server.logPosition();

    // when
    OrderReceipt receipt = library.orders().place(request);
    OrderOutcome outcome = TestShop.outcome(receipt);

    // then
    assertThat(outcome).isInstanceOf(OrderOutcome.Confirmed.class);
    List<Transaction> ofOrder =
        transactions(server.logSince(before)).stream()
            .filter(transaction -> transaction.mentions(receipt.orderId()))
            .toList();
    int confirmed = lastWriteOf(ofOrder, "orders.orders");
    List<Transaction> untilConfirmed = ofOrder.subList(0, confirmed + 1);
    assertThat(untilConfirmed)
        .as("everything that mentions the order, reads too")
        .hasSize(2)
        .allSatisfy(transaction -> assertThat(transaction.commits()).isEqualTo(1))
        .allSatisfy(transaction -> assertThat(transaction.writes()).isTrue());
    assertThat(ofOrder.subList(confirmed + 1, ofOrder.size()))
        .as("relay and notification write nothing of the order's")
        .noneMatch(t -> t.contains("orders.order_events (") || t.contains("update orders."));
    assertThat(writersOf(receipt.orderId())).as("ids of the transactions").isEqualTo(2);
  }

  @Test
  void aFreeOrderIsOneCommit() {
    // given: a block of order numbers is at hand
    UUID product = shop.product(library, 10, 0);
    TestShop.outcome(library.orders().place(shop.order(product, 1)));
    long before = server.logPosition();

    // when
    OrderReceipt receipt = library.orders().place(shop.order(product, 2));

    // then
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    List<Transaction> writing =
        transactions(server.logSince(before)).stream()
            .filter(transaction -> transaction.mentions(receipt.orderId()))
            .filter(transaction -> transaction.contains("orders.orders"))
            .filter(Transaction::writes)
            .toList();
    assertThat(writing).hasSize(1);
    assertThat(writing.get(0).commits()).isEqualTo(1);
    assertThat(writersOf(receipt.orderId())).as("ids of the transactions").isEqualTo(1);
  }

  @Test
  void concurrentOrdersShareCommits() {
    // given
    UUID product = shop.product(library, 1_000);
    List<PlaceOrder> requests = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      requests.add(shop.order(product, 1));
    }
    long before = server.logPosition();

    // when
    List<OrderReceipt> receipts = requests.parallelStream().map(library.orders()::place).toList();
    receipts.forEach(TestShop::outcome);

    // then
    long commits =
        transactions(server.logSince(before)).stream()
            .filter(t -> t.contains("orders.order_events (") && t.commits() == 1)
            .count();
    System.out.println("64 orders shared " + commits + " commits");
    assertThat(commits).isLessThan(128);
  }

  @Test
  @Tag("T09")
  @DisplayName("T09 the provider is called with no connection, lock or transaction held")
  void theProviderIsCalledEmptyHanded() {
    // given
    UUID product = shop.product(library, 10);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    OrderReceipt receipt = library.orders().place(shop.order(product, 1));
    TestShop.eventually(() -> assertThat(shop.gateway.waiting()).isEqualTo(1));
    Jdbi other = Jdbi.create(shop.database().url());

    // when: the provider takes its time
    await()
        .during(Duration.ofMillis(500))
        .atMost(TestShop.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              // then
              assertThat(shop.database().pool().getHikariPoolMXBean().getActiveConnections())
                  .isZero();
              assertThat(busySessions(other)).isZero();
              assertThat(locksOfOthers(other)).isZero();
            });
    shop.gateway.on().clear();
    shop.gateway.releaseWaiting();
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  private static long busySessions(Jdbi sql) {
    return one(
        sql,
        "select count(*) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and state is distinct from 'idle'"
            + " and backend_type = 'client backend'");
  }

  private static long locksOfOthers(Jdbi sql) {
    return one(
        sql,
        "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
            + " where a.datname = current_database() and l.pid <> pg_backend_pid()"
            + " and a.backend_type = 'client backend'");
  }

  /** How many transactions wrote what is there of an order. */
  private static long writersOf(UUID order) {
    return shop.sql()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        select count(distinct x) from (
                          select xmin::text x from orders.order_events where order_id = :id
                          union all select xmin::text from orders.orders where id = :id
                          union all select xmin::text from orders.order_items where order_id = :id
                          union all select xmin::text from inventory.reservations where order_id = :id
                          union all select xmin::text from inventory.stock_movements where order_id = :id
                          union all select xmin::text from payments.transactions where order_id = :id) t
                        """)
                    .bind("id", order)
                    .mapTo(Long.class)
                    .one());
  }

  private static long one(Jdbi sql, String query) {
    return sql.withHandle(h -> h.createQuery(query).mapTo(Long.class).one());
  }

  private static int lastWriteOf(List<Transaction> transactions, String table) {
    for (int i = transactions.size() - 1; i >= 0; i--) {
      if (transactions.get(i).contains("update " + table)) {
        return i;
      }
    }
    throw new AssertionError("nobody wrote " + table + ": " + transactions);
  }

  /** What one virtual transaction said, in the order in which transactions began. */
  private static List<Transaction> transactions(String log) {
    Map<String, StringBuilder> byId = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(log);
    while (entries.find()) {
      byId.computeIfAbsent(entries.group(1) + " " + entries.group(2), id -> new StringBuilder())
          .append(entries.group(3));
    }
    return byId.values().stream().map(text -> new Transaction(text.toString())).toList();
  }

  private record Transaction(String log) {
    boolean mentions(UUID id) {
      return log.contains(id.toString());
    }

    boolean contains(String text) {
      return log.contains(text);
    }

    boolean writes() {
      return WRITE.matcher(log).find();
    }

    long commits() {
      return COMMIT.matcher(log).results().count();
    }
  }
}
