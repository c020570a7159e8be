package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.InProcessEventBus;
import com.techcorp.TechCorp;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every statement of an order's way goes by an index, told by the plans that the server logs as it
 * runs them: on empty tables, on young ones, where a scan looks cheap to the planner, and on large
 * ones. So does every statement on users, of whom there are many.
 */
class PlansIT {
  private static final String APPLICATION = "plans";

  /**
   * So many different statements are sent under a lease at least; fewer, and too little is seen.
   */
  private static final int STATEMENTS_UNDER_A_LEASE = 40;

  private static final int FEW = 40;

  /** A card whose charge takes what was not asked for. */
  private static final CardToken ODD = new CardToken("tok_odd");

  private static final int SOME = 300;

  private static final String FUSSY = "fussy";

  /** Process, transaction and application stand before each entry. */
  private static final Pattern ENTRY =
      Pattern.compile("(?ms)^#(\\S+) (\\S+) (\\S*)# (.*?)(?=^#|\\z)");

  private static final Pattern PLAN =
      Pattern.compile(
          "(?s)LOG:\\s+duration: .*? plan:\\s+Query Text: (.*?)(?:\\n\\s*Query Parameters: .*?)?"
              + "\\n([^\\n]*\\(cost=.*)");

  private static final Pattern SCAN =
      Pattern.compile(
          "Seq Scan on (?:orders|inventory|payments|messaging|notifications|saga|auth)\\.\\w+");

  /** An index that is read from end to end, which the planner takes for cheap while it is empty. */
  private static final Pattern WHOLE_INDEX =
      Pattern.compile(
          "Index (?:Only )?Scan using \\w+ on"
              + " (?:orders|inventory|payments|messaging|notifications|saga)\\.\\w+[^\\n]*"
              + "(?=\\n(?:\\s+Output: [^\\n]*\\n)?(?!\\s+(?:Output|Index Cond)))");

  private static final Pattern JOIN_OF_ALL = Pattern.compile("(?:Hash|Merge) (?:\\w+ )?Join");

  /**
   * A start reads the migrations and counts live sagas, a stop gives back a node's, the relay
   * counts what it has to do, and once in a lease a process looks for what nobody moves.
   */
  private static final Pattern READS_ALL =
      Pattern.compile(
          "^select \\w+ from saga.techcorp_schema_history"
              + "|^select definition, version, step, count\\(|^update saga.instances s set owner = null"
              + "|^with stuck as materialized \\( select id, move_by from saga.instances"
              + "|^select count\\(\\*\\) as events"
              + "|^select consumer, count\\(\\*\\) as events");

  private static PostgresServer server;
  private TestShop shop;
  private boolean counting;

  /** A statement that ran, and how. */
  private record Planned(String transaction, String query, String plan) {
    boolean isOfLibrary() {
      return SCHEMAS.matcher(query).find();
    }

    List<String> found(Pattern what) {
      return what.matcher(plan).results().map(match -> match.group() + " in: " + query).toList();
    }

    private static final Pattern SCHEMAS =
        Pattern.compile("\\b(?:orders|inventory|payments|messaging|notifications|saga|auth)\\.");
  }

  @BeforeAll
  static void start() {
    server =
        PostgresServer.start(
            PostgresOptions.DEFAULT
                .withSetting("shared_preload_libraries", "auto_explain")
                .withSetting("auto_explain.log_min_duration", "0")
                .withSetting("auto_explain.log_nested_statements", "on")
                .withSetting("auto_explain.log_verbose", "on")
                .withSetting("log_line_prefix", "#%p %v %a# "));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    shop = TestShop.over(TestDatabase.on(server), SimulatedGateway.approving());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void emptyTables() {
    assertIndexesUnderALease(plansOf(FEW));
  }

  @Test
  void youngTables() {
    plansOf(SOME);
    assertIndexesUnderALease(plansOf(FEW));
    TestShop.execute(shop.database(), "analyze");
    assertIndexesUnderALease(plansOf(FEW));
  }

  /** Plans are kept, and what they were made for has gone long before autovacuum looks again. */
  @Test
  void tablesThatWereEmptyWhenTheyWereAnalyzed() {
    TestShop.execute(shop.database(), "vacuum analyze");

    List<Planned> plans = plansOf(SOME);

    assertIndexesUnderALease(plans);
    assertThat(underALease(plans)).flatExtracting(plan -> plan.found(WHOLE_INDEX)).isEmpty();
  }

  /** The statements that change stock then return what is left. */
  @Test
  @Tag("slow")
  void countersChangeNoPlan() {
    counting = true;

    List<Planned> plans = plansOf(FEW);

    assertThat(plans).extracting(Planned::query).anyMatch(query -> query.contains("as versions"));
    assertIndexesUnderALease(plans);
  }

  @Test
  void largeTables() {
    // given
    TestShop.execute(shop.database(), LARGE);

    // when
    List<Planned> plans = plansOf(FEW);

    // then: backlogs were written, read and removed
    assertThat(plans)
        .extracting(Planned::query)
        .anyMatch(query -> query.startsWith("insert into messaging.consumer_backlog"))
        .anyMatch(query -> query.contains("from unnest(cast(") && query.contains("c.most) s"))
        .anyMatch(query -> query.startsWith("delete from messaging.consumer_backlog"));

    // and what reads without a lease, and so without our settings, has its indexes too
    assertIndexesUnderALease(plans);
    assertThat(plans)
        .filteredOn(plan -> plan.isOfLibrary() && !READS_ALL.matcher(plan.query()).find())
        .flatExtracting(plan -> plan.found(SCAN))
        .isEmpty();
  }

  @Test
  void usersAreFoundByIndexes() {
    // given
    SchemaNames names = SchemaNames.DEFAULT.withAuthTables();
    PostgresStorage.migrate(shop.database().pool(), names);
    TestShop.execute(shop.database(), MANY_USERS);
    long before = server.logPosition();

    // when
    String url = shop.database().url() + "&ApplicationName=" + APPLICATION;
    try (HikariDataSource pool = TestDatabase.pool(url, 2)) {
      logInAndChange(PostgresStorage.builder(pool).schemas(names).build().users());
    }

    // then
    List<Planned> plans =
        plansSince(before).stream().filter(plan -> plan.query().contains("auth.users")).toList();
    assertThat(plans).extracting(Planned::query).hasSizeGreaterThanOrEqualTo(4);
    assertThat(plans).flatExtracting(plan -> plan.found(SCAN)).isEmpty();
  }

  private static void logInAndChange(UserDirectory users) {
    Instant now = Instant.now();
    User user = new User(UUID.randomUUID(), "A", "a", "hash", UserStatus.ACTIVE, now, now);
    assertThat(users.add(user)).isTrue();
    assertThat(users.findByEmail("a")).isPresent();
    User read = users.find(user.id()).orElseThrow();
    User disabled =
        new User(
            read.id(),
            read.email(),
            read.canonicalEmail(),
            read.passwordHash(),
            UserStatus.DISABLED,
            now,
            read.createdAt());
    assertThat(users.change(read, disabled, List.of(UserEvent.disabled(read.id())))).isTrue();
  }

  private static final String MANY_USERS =
      """
      insert into auth.users
          (id, email, canonical_email, password_hash, status, sessions_valid_after, created_at)
        select gen_random_uuid(), 'user' || g, 'user' || g, 'hash', 'ACTIVE', now(), now()
        from generate_series(1, 50000) g;
      analyze auth.users;
      """;

  private static List<Planned> underALease(List<Planned> plans) {
    Set<String> underALease = new HashSet<>();
    plans.stream()
        .filter(plan -> plan.query().contains("saga.lease_lost"))
        .forEach(plan -> underALease.add(plan.transaction()));
    return plans.stream().filter(plan -> underALease.contains(plan.transaction())).toList();
  }

  private static void assertIndexesUnderALease(List<Planned> plans) {
    List<Planned> ofLanes = underALease(plans);
    long different = ofLanes.stream().map(Planned::query).distinct().count();
    System.out.println(different + " different statements under a lease, " + ofLanes.size());
    assertThat(different).isGreaterThanOrEqualTo(STATEMENTS_UNDER_A_LEASE);
    assertThat(ofLanes).flatExtracting(plan -> plan.found(SCAN)).isEmpty();
    assertThat(ofLanes).flatExtracting(plan -> plan.found(JOIN_OF_ALL)).isEmpty();
  }

  private List<Planned> plansOf(int orders) {
    long before = server.logPosition();
    everyWayOfAnOrder(orders);
    return plansSince(before);
  }

  private static List<Planned> plansSince(long before) {
    List<Planned> plans = new ArrayList<>();
    Matcher entry = ENTRY.matcher(server.logSince(before));
    while (entry.find()) {
      Matcher plan = PLAN.matcher(entry.group(4));
      if (entry.group(3).equals(APPLICATION) && plan.find()) {
        plans.add(
            new Planned(
                entry.group(1) + " " + entry.group(2),
                plan.group(1).strip().replaceAll("\\s+", " "),
                plan.group(2)));
      }
    }
    return plans;
  }

  /**
   * Confirmed, declined, sold out, locked, unanswered, charged otherwise, cancelled, shipped; alone
   * and in batches.
   */
  private void everyWayOfAnOrder(int orders) {
    String url = shop.database().url() + "&ApplicationName=" + APPLICATION;
    try (HikariDataSource pool = TestDatabase.pool(url, 12);
        TechCorp library = started(PostgresStorage.on(pool))) {
      UUID product = shop.product(library, orders + 1);
      UUID scarce = shop.product(library, 1);
      List<PlaceOrder> requests = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        requests.add(shop.order(i % 4 == 0 ? scarce : product, 1));
      }
      shop.gateway
          .on()
          .call(5, SimulatedCharge.decline("no_funds"))
          .call(6, SimulatedCharge.loseAnswer())
          .card(ODD, SimulatedCharge.approve().taking(new Amount(1, "USD")));
      List<OrderReceipt> receipts = requests.parallelStream().map(library.orders()::place).toList();
      List<UUID> confirmed =
          receipts.stream()
              .filter(receipt -> TestShop.outcome(receipt) instanceof OrderOutcome.Confirmed)
              .map(OrderReceipt::orderId)
              .toList();
      library.orders().ship(confirmed.get(0));
      library.orders().deliver(confirmed.get(0));
      holdByHand(library.inventory(), product);
      refill(library, requests, receipts, confirmed.get(0), product);
      UUID last = receipts.get(orders - 1).orderId();
      UUID owner = requests.get(orders - 1).userId();
      library.orders().find(owner, last);
      library.orders().list(owner, 10);
      library.orders().history(last);
      library.orders().cancel(owner, last, "changed my mind");
      library.orders().place(requests.get(1));
      PlaceOrder odd = shop.order(product, 1);
      UUID cart = odd.cartId();
      UUID to = odd.shippingAddressId();
      OrderReceipt receipt =
          library.orders().place(PlaceOrder.of(odd.userId(), cart, to, "card", ODD.value()));
      assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Cancelled.class);
      restockWhileLocked(library.inventory(), product);
      TestShop.eventually(
          () -> {
            assertThat(library.inFlight()).isZero();
            assertThat(shop.count("saga.instances where definition in ('order', 'reversal')"))
                .isZero();
            assertThat(shop.count("messaging.outbox")).isZero();
            assertThat(shop.count("messaging.consumer_backlog where consumer = '" + FUSSY + "'"))
                .isZero();
          });
    }
  }

  /** With a consumer that fails on some events once, and on some for ever. */
  private TechCorp started(PostgresStorage storage) {
    Set<UUID> failedOnce = ConcurrentHashMap.newKeySet();
    InProcessEventBus bus =
        new InProcessEventBus(storage.inbox(), RetryPolicy.every(Duration.ofMillis(20), 3));
    bus.subscribe(
        new Subscription(
            FUSSY,
            Set.of("payment.confirmed", "order.confirmed"),
            event -> {
              boolean forEver = event.stream().hashCode() % 8 == 0;
              if (forEver || (event.id().hashCode() % 2 == 0 && failedOnce.add(event.id()))) {
                throw new IllegalStateException("not now");
              }
            }));
    TechCorp.Builder builder = shop.wired().storage(storage).events(bus);
    if (counting) {
      builder
          .counters(new InProcessStockCounter())
          .orders(OrderOptions.DEFAULT.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(true)));
    }
    return builder.start();
  }

  private void restockWhileLocked(InventoryReserver inventory, UUID product) {
    shop.sql()
        .useTransaction(
            host -> {
              host.select("select 1 from inventory.stock where product_id = ? for update", product)
                  .mapTo(Integer.class)
                  .one();
              assertThatExceptionOfType(UnavailableException.class)
                  .isThrownBy(() -> inventory.restock(product, 1));
            });
  }

  /** The cart of a delivered order buys other goods, whose order takes its key over. */
  private void refill(
      TechCorp library,
      List<PlaceOrder> requests,
      List<OrderReceipt> receipts,
      UUID bought,
      UUID product) {
    PlaceOrder request =
        requests.get(receipts.stream().map(OrderReceipt::orderId).toList().indexOf(bought));
    List<Cart.Item> goods = List.of(new Cart.Item(product, 2));
    shop.carts.put(new Cart(request.cartId(), request.userId(), goods));
    TestShop.outcome(library.orders().place(request));
    assertThat(shop.count("orders.idempotency_keys where key = 'past:" + bought + "'")).isOne();
  }

  private static void holdByHand(InventoryReserver inventory, UUID product) {
    List<StockLine> lines = List.of(new StockLine(product, 1));
    UUID givenBack = UUID.randomUUID();
    inventory.reserve(givenBack, lines, Duration.ofMinutes(5));
    inventory.extend(givenBack, Duration.ofMinutes(10));
    inventory.release(givenBack);
    UUID sold = UUID.randomUUID();
    inventory.reserve(sold, lines, Duration.ofMinutes(5));
    inventory.confirm(sold);
    inventory.reverse(sold);
  }

  /**
   * As many rows as the planner needs to see what a scan costs; what they say is of no interest.
   */
  private static final String LARGE =
      """
      create temp table n as select gen_random_uuid() as id, g from generate_series(1, 50000) g;
      insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
          currency, status, last_seq, published, last_hash, created_at, updated_at)
        select id, 'TC-2020-' || g, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'EUR',
          'CONFIRMED', 3, 2, '', now(), now() from n;
      insert into orders.order_items select id, gen_random_uuid(), 1, 1 from n;
      insert into orders.order_events
        select id, seq, 'PAID', '{}', now(), '' from n cross join generate_series(1, 3) seq;
      insert into orders.idempotency_keys
        select gen_random_uuid(), 'key', '', id, now(), '' from n;
      insert into inventory.stock select id, 1, 1 from n;
      insert into inventory.reservations
        select gen_random_uuid(), id, gen_random_uuid(), 1, 'CONFIRMED', now(), now() from n;
      insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
        select gen_random_uuid(), id, -1, 'SALE', now() from n;
      insert into payments.transactions (id, order_id, amount, currency, method, status,
          idempotency_key, created_at, updated_at)
        select gen_random_uuid(), id, 1, 'EUR', 'card', 'APPROVED', 'key', now(), now() from n;
      insert into payments.refunds (id, transaction_id, amount, currency, status, created_at, updated_at)
        select gen_random_uuid(), id, 1, 'EUR', 'SUCCEEDED', now(), now() from n;
      insert into payments.reports (transaction_id, status, reported_at)
        select id, 'APPROVED', now() from n;
      insert into messaging.consumer_queues
        select 'elsewhere', 'order', id, case when g % 2 = 0 then -1 end, 0, now(), null from n;
      insert into messaging.consumer_backlog
        select 'elsewhere', 'order', id, 1, gen_random_uuid(), 'order.confirmed', '{}', now() from n;
      insert into messaging.dead_letters
        select 'elsewhere', gen_random_uuid(), 'order', id, 1, 'order.confirmed', '{}', 'x', now() from n;
      insert into messaging.inbox select 'nobody', id, now() from n;
      insert into notifications.delivery_log (id, event_id, stream_type, stream_id, user_id, channel,
          recipient, template, status, created_at, updated_at)
        select gen_random_uuid(), id, 'order', id, id, 'email', 'x', 'x', 'ACCEPTED', now(), now() from n;
      insert into saga.instances (id, definition, version, step, state, revision, attempt, undecided,
          data, created_at, updated_at)
        select id, 'of-nobody', 1, 'x', 'PARKED', 1, 0, false, '', now(), now() from n;
      insert into saga.history (id, definition, version, outcome, finished_at)
        select gen_random_uuid(), 'of-nobody', 1, 'COMPLETED', now() from n;
      insert into saga.signals (saga_id, kind, reason, actor, created_at)
        select id, 'x', 'x', 'x', now() from n;
      analyze
      """;
}
