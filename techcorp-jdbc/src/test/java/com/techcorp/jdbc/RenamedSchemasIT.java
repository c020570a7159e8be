package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.internal.batch.NodeLease;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.order.Order;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library's schemas under other names, beside those of a host and of another engine. */
class RenamedSchemasIT {
  private static final SchemaNames RENAMED = SchemaNames.prefixed("techcorp_");

  /** Of a host that had them first, with tables that are named as ours are. */
  private static final List<String> OF_THE_HOST =
      List.of(
          "create schema orders",
          "create table orders.orders (id int primary key, what text)",
          "insert into orders.orders values (1, 'of the host')",
          "create schema payments",
          "create table payments.transactions (id int primary key)",
          "create schema catalog",
          "create table catalog.products (id int primary key)",
          "create schema customers",
          "create table customers.customers (id int primary key)",
          "create schema saga",
          "create table saga.instances (id int primary key)",
          "create function saga.clock() returns timestamptz language sql as"
              + " $$ select timestamptz '1999-01-01' $$",
          "create function saga.expect(bigint, bigint, text) returns boolean language sql as"
              + " $$ select false $$");

  private TestDatabase database;
  private TestShop shop;

  record Tick(UUID id, long count) implements Effect {}

  @BeforeEach
  void open() {
    database = TestDatabase.unmigrated();
    shop = TestShop.over(database, SimulatedGateway.approving());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void ordersRunBesideAHostsOwnSchemasOfTheSameNames() {
    // given
    OF_THE_HOST.forEach(sql -> TestShop.execute(database, sql));
    List<String> before = objectsIn("orders", "payments", "catalog", "customers", "saga");

    // when
    PostgresStorage.migrate(database.pool(), RENAMED);
    TechCorp library = start(RENAMED);

    // then
    runOrders(library);
    assertSettled(RENAMED);
    assertThat(objectsIn("orders", "payments", "catalog", "customers", "saga")).isEqualTo(before);
    assertThat(rows("select what from orders.orders")).containsExactly("of the host");
    assertThat(schemasLike("techcorp\\_%")).hasSize(6);
    assertThat(shop.count("techcorp_orders.orders")).isEqualTo(3);
  }

  @Test
  void eachSchemaMayHaveANameThatSqlUsesToo() {
    // given
    SchemaNames names =
        SchemaNames.DEFAULT
            .withOrders("order")
            .withInventory("select")
            .withPayments("table")
            .withMessaging("from")
            .withNotifications("user")
            .withSaga("where");

    // when
    PostgresStorage.migrate(database.pool(), names);

    // then
    runOrders(start(names));
    assertSettled(names);
    assertThat(schemasLike("saga")).isEmpty();
  }

  @Test
  void twoEnginesInOneDatabaseKnowNothingOfEachOther() {
    // given
    PostgresStorage.migrate(database.pool());
    PostgresStorage.migrate(database.pool(), RENAMED);
    TechCorp one = start(SchemaNames.DEFAULT);
    TechCorp other = start(RENAMED);

    // when
    runOrders(one);
    runOrders(other);
    one.close();
    runOrders(other);

    // then
    assertSettled(SchemaNames.DEFAULT);
    assertSettled(RENAMED);
    assertThat(shop.count("orders.orders")).isEqualTo(3);
    assertThat(shop.count("techcorp_orders.orders")).isEqualTo(6);
  }

  @Test
  void aNodeThatLapsedIsEndedAndNotTheOneOfThatNumberOfAnotherEngine() throws SQLException {
    // given: node 1 of one engine is about to lapse, and node 1 of the other writes
    PostgresStorage.migrate(database.pool());
    PostgresStorage.migrate(database.pool(), RENAMED);
    PostgresStorage one = storage(SchemaNames.DEFAULT);
    Fence gone = one.nodes().register("one", Duration.ZERO);
    Fence writing = storage(RENAMED).nodes().register("other", Duration.ofHours(1));
    assertThat(writing.node()).isEqualTo(gone.node());
    try (Connection connection = database.pool().getConnection()) {
      connection.setAutoCommit(false);
      StatementBatch statements = new StatementBatch(new StatementTexts(RENAMED));
      NodeLease.addTo(writing, statements);
      statements.execute(connection);

      // when
      one.nodes().retireLapsed();

      // then
      assertThat(shop.count("saga.nodes")).isZero();
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.execute("select 1")).isTrue();
      }
      connection.rollback();
    }
  }

  @Test
  void aSchemaOfSomebodyElseIsNamedAndNothingIsCreated() {
    // given
    TestShop.execute(database, "create schema orders");
    TestShop.execute(database, "create schema customers");
    SchemaNames withCustomers = RENAMED.withCustomers("customers").withHostTables();

    // then
    refused(SchemaNames.DEFAULT, "the schema orders exists", "SchemaNames.prefixed");
    refused(SchemaNames.DEFAULT.withHostTables(), "the schemas orders, customers exist");
    refused(withCustomers, "the schema customers exists");
    assertThat(schemasLike("%")).containsExactly("customers", "orders", "public");
  }

  private void refused(SchemaNames names, String... words) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> PostgresStorage.migrate(database.pool(), names))
        .withMessageContainingAll(words);
  }

  @Test
  void aSchemaOfSagasThatIsSomebodyElsesIsNamed() {
    TestShop.execute(database, "create schema saga");

    refused(SchemaNames.DEFAULT, "the schema saga exists");
    assertThat(schemasLike("%")).containsExactly("public", "saga");
  }

  @Test
  void aMigrationThatWasStoppedGoesOn() {
    // given: as it stands when the process stops before Flyway begins
    TestShop.execute(database, "create schema saga");
    TestShop.execute(database, "comment on schema saga is 'TechCorp order engine'");

    // when
    PostgresStorage.migrate(database.pool());

    // then
    runOrders(start(SchemaNames.DEFAULT));
  }

  @Test
  void manyMayMigrateAtOnce() throws Exception {
    // given
    SchemaNames names = RENAMED.withHostTables();
    List<Callable<Void>> migrations =
        Collections.nCopies(
            4,
            () -> {
              PostgresStorage.migrate(database.pool(), names);
              return null;
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      // when
      for (Future<Void> migrated : threads.invokeAll(migrations)) {
        migrated.get();
      }
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(schemasLike("techcorp\\_%")).hasSize(9);
    storage(names).checkReady(EngineOptions.DEFAULT);
  }

  @Test
  void tablesForTheHostAreMadeOnlyWhereAskedFor() {
    // given
    SchemaNames withTables = RENAMED.withHostTables();

    // when
    PostgresStorage.migrate(database.pool(), RENAMED);

    // then
    assertThat(schemasLike("%c_rts")).isEmpty();
    PostgresStorage without = storage(RENAMED);
    for (Callable<?> reader :
        List.<Callable<?>>of(without::carts, without::catalog, without::customers)) {
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(reader::call)
          .withMessageContaining("withHostTables()");
    }
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> shop.wired().storage(storage(withTables)).start())
        .withMessageContaining("PostgresStorage.migrate");

    // and when
    PostgresStorage.migrate(database.pool(), withTables);

    // then
    assertThat(schemasLike("%c_rts")).containsExactly("techcorp_carts");
    assertThat(storage(withTables).carts().findCart(UUID.randomUUID())).isEmpty();
    storage(withTables).checkReady(EngineOptions.DEFAULT);
  }

  @Test
  void tablesOfAuthenticationAreMadeOnlyWhereAskedForAlsoLater() {
    // given: a host that has a schema auth of its own
    TestShop.execute(database, "create schema auth");
    TestShop.execute(database, "create table auth.users (id uuid, password text)");
    SchemaNames withUsers = SchemaNames.DEFAULT.withAuth("logins").withAuthTables();

    // when
    PostgresStorage.migrate(database.pool());

    // then
    runOrders(start(SchemaNames.DEFAULT));
    assertSettled(SchemaNames.DEFAULT);
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> storage(SchemaNames.DEFAULT).users())
        .withMessageContaining("withAuthTables()");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> storage(withUsers).checkReady(EngineOptions.DEFAULT))
        .withMessageContaining("PostgresStorage.migrate");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> storage(withUsers).users().find(UUID.randomUUID()))
        .withMessageContaining("PostgresStorage.migrate");
    refused(SchemaNames.DEFAULT.withAuthTables(), "the schema auth exists");

    // and when
    PostgresStorage.migrate(database.pool(), withUsers);

    // then
    storage(withUsers).checkReady(EngineOptions.DEFAULT);
    assertThat(storage(withUsers).users().find(UUID.randomUUID())).isEmpty();
    InvariantCheck check = InvariantCheck.on(database.pool());
    assertThat(check.withSchemas(withUsers).run().scope()).containsKeys("users", "signing keys");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(check::run)
        .withMessageContaining("auth.");
  }

  @Test
  void aHostsOwnWriterMayCallTheSchemasByTheirDefaultNames() {
    // given
    PostgresStorage.migrate(database.pool(), RENAMED);
    TestShop.execute(database, "create table ticks (id uuid, n bigint, at timestamptz)");
    PostgresStorage storage =
        PostgresStorage.builder(database.pool())
            .schemas(RENAMED)
            .writer(
                EffectWriter.of(
                    Tick.class,
                    "insert into ticks select id, n, ${saga}.clock()"
                        + " from unnest(?::uuid[], ?::int8[]) as t (id, n)",
                    Tick::id,
                    Tick::count))
            .build();

    // when
    storage
        .unitOfWork()
        .commit(null, List.of(WriteSet.of(UUID.randomUUID(), new Tick(UUID.randomUUID(), 3))));

    // then
    assertThat(shop.count("ticks where n = 3 and at <= now()")).isOne();
  }

  /** One that goes all the way, one that is declined, one that is cancelled and refunded. */
  private void runOrders(TechCorp library) {
    UUID product = shop.product(library, 100);
    PlaceOrder whole = shop.order(product, 2);
    OrderReceipt placed = library.orders().place(whole);
    assertThat(TestShop.outcome(placed)).isInstanceOf(OrderOutcome.Confirmed.class);
    library.orders().ship(placed.orderId());
    library.orders().deliver(placed.orderId());
    assertThat(library.orders().history(placed.orderId()).events()).hasSizeGreaterThan(3);
    assertThat(library.orders().list(whole.userId(), 10))
        .extracting(Order::status)
        .containsExactly(OrderStatus.DELIVERED);

    OrderReceipt tooMany = library.orders().place(shop.order(product, 1_000));
    assertThat(TestShop.outcome(tooMany)).isInstanceOf(OrderOutcome.Cancelled.class);

    PlaceOrder regretted = shop.order(product, 3);
    OrderReceipt paid = library.orders().place(regretted);
    assertThat(TestShop.outcome(paid)).isInstanceOf(OrderOutcome.Confirmed.class);
    library.orders().cancel(regretted.userId(), paid.orderId(), "regretted");
    TestShop.eventually(
        () ->
            assertThat(library.orders().find(regretted.userId(), paid.orderId()))
                .get()
                .extracting(Order::status)
                .isEqualTo(OrderStatus.CANCELLED));
    TestShop.eventually(() -> assertThat(library.inFlight()).isZero());
  }

  private void assertSettled(SchemaNames names) {
    TestShop.eventually(
        () -> {
          InvariantReport report =
              InvariantCheck.on(database.pool()).withSchemas(names).withSettled(true).run();
          assertThat(report.isClean()).as(report::text).isTrue();
          assertThat(report.scope().get("orders")).isPositive();
          assertThat(report.scope().get("deliveries")).isPositive();
        });
  }

  private TechCorp start(SchemaNames names) {
    return shop.closing(shop.wired().storage(storage(names)).start());
  }

  private PostgresStorage storage(SchemaNames names) {
    return PostgresStorage.builder(database.pool()).schemas(names).build();
  }

  /** Tables and functions, in the order of their names. */
  private List<String> objectsIn(String... schemas) {
    List<String> objects = new ArrayList<>();
    for (String schema : schemas) {
      String of = " from pg_namespace n join %s on n.oid = %s where n.nspname = '" + schema + "'";
      objects.addAll(
          rows(
              "select n.nspname || '.' || relname || relkind::text"
                  + of.formatted("pg_class", "relnamespace")
                  + " order by 1"));
      objects.addAll(
          rows(
              "select n.nspname || '.' || proname || prosrc"
                  + of.formatted("pg_proc", "pronamespace")
                  + " order by 1"));
    }
    return objects;
  }

  private List<String> schemasLike(String pattern) {
    return rows(
        "select nspname::text from pg_namespace where nspname like '"
            + pattern
            + "' and nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1");
  }

  private List<String> rows(String sql) {
    return Jdbi.create(database.pool())
        .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
