package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Shop processes on one database with one provider, and the judge of what they did: the provider's
 * ledger and the invariants.
 */
final class Fleet implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(2);
  private static final long STOCK = 10_000_000;

  private final TestDatabase database;
  private final ProviderProcess provider;
  private final UUID product = UUID.randomUUID();
  private final Jdbi sql;
  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private final Map<String, String> defaults = new HashMap<>();

  private Fleet(TestDatabase database, ProviderProcess provider) {
    this.database = database;
    this.provider = provider;
    this.sql = Jdbi.create(database.pool());
    sql.useHandle(
        handle -> {
          handle.execute("insert into inventory.stock values (?, ?, 0)", product, STOCK);
          handle.execute(
              "insert into inventory.stock_movements (product_id, quantity, movement_type,"
                  + " created_at) values (?, ?, 'RECEIPT', now())",
              product,
              STOCK);
        });
    with("url", database.url())
        .with("provider", provider.uri().toString())
        .with("product", product.toString())
        .with("lease", LEASE.toMillis())
        .with("timeout", 1_500)
        .with("socketTimeout", 10)
        .with("inFlight", 10_000)
        .with("calls", 256)
        .with("payTimeout", 30_000)
        .with("requestLifetime", 600_000);
  }

  /** On a fresh database of the shared server, with a provider that behaves so. */
  static Fleet fresh(SimulatedGateway.Builder provider) {
    return new Fleet(TestDatabase.fresh(), ProviderProcess.start(provider));
  }

  /** On a fresh database of the shared server, with a provider that approves. */
  static Fleet fresh() {
    return new Fleet(TestDatabase.fresh(), ProviderProcess.start());
  }

  /** On a server of its own, which its caller closes. */
  static Fleet on(PostgresServer server) {
    return new Fleet(TestDatabase.on(server), ProviderProcess.start());
  }

  /** An option of workers that start from now on. */
  Fleet with(String option, Object value) {
    defaults.put(option, value.toString());
    return this;
  }

  /** Starts a worker; it is ready when it says so. */
  Worker begin(String name) {
    List<String> args = new ArrayList<>();
    defaults.forEach((option, value) -> args.add(option + "=" + value));
    args.add("name=" + name);
    Worker worker =
        new Worker(
            name,
            ChildJvm.of(ShopWorker.class)
                .jvmOptions("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .args(args.toArray(new String[0]))
                .start());
    workers.add(worker);
    return worker;
  }

  Worker start(String name) {
    Worker worker = begin(name);
    worker.await("ready");
    return worker;
  }

  /** Several at once. */
  List<Worker> start(String... names) {
    List<Worker> started = new ArrayList<>();
    for (String name : names) {
      started.add(begin(name));
    }
    started.forEach(worker -> worker.await("ready"));
    return started;
  }

  List<Worker> workers() {
    return workers;
  }

  ProviderProcess provider() {
    return provider;
  }

  TestDatabase database() {
    return database;
  }

  Jdbi sql() {
    return sql;
  }

  long count(String table) {
    return TestShop.count(sql, table);
  }

  /** The database's time. */
  Instant now() {
    return instant("select clock_timestamp()");
  }

  Instant instant(String query) {
    return sql.withHandle(
        handle -> handle.createQuery(query).mapTo(OffsetDateTime.class).one().toInstant());
  }

  long orders() {
    return count("orders.orders");
  }

  long undecided() {
    return count("orders.orders where status = 'CREATED'");
  }

  /**
   * Has one worker repeat what callers got an error for: a key that already has its order keeps it,
   * each other one gets one now.
   *
   * @return how many, and how many of them had an order
   */
  String repeatFailed(Worker by) {
    Map<String, UUID> before = ordersByKey();
    Set<String> failed = new HashSet<>();
    for (Worker worker : workers) {
      assertThat(worker.failed().values())
          .isSubsetOf(
              "UnavailableException",
              "NotWrittenException",
              "OverloadedException",
              "FencedException");
      failed.addAll(worker.failed().keySet());
    }
    failed.forEach(key -> by.tell("again " + key));
    await()
        .atMost(TestShop.PATIENCE)
        .untilAsserted(() -> assertThat(by.placed().keySet()).containsAll(failed));
    before.keySet().retainAll(failed);
    assertThat(by.placed()).containsAllEntriesOf(before);
    return failed.size() + " errors, " + before.size() + " of them late successes";
  }

  private Map<String, UUID> ordersByKey() {
    Map<String, UUID> orders = new HashMap<>();
    sql.useHandle(
        handle ->
            handle
                .createQuery("select substr(key, 5), order_id from orders.idempotency_keys")
                .map((rows, c) -> Map.entry(rows.getString(1), rows.getObject(2, UUID.class)))
                .forEach(one -> orders.put(one.getKey(), one.getValue())));
    return orders;
  }

  private Map<UUID, String> statuses() {
    Map<UUID, String> statuses = new HashMap<>();
    sql.useHandle(
        handle ->
            handle
                .createQuery("select id, status from orders.orders")
                .map((rows, c) -> Map.entry(rows.getObject(1, UUID.class), rows.getString(2)))
                .forEach(one -> statuses.put(one.getKey(), one.getValue())));
    return statuses;
  }

  /** Each of these workers gets receipts again, for orders that are decided. */
  void awaitProgress(List<Worker> of) {
    Map<Worker, Integer> now = new HashMap<>();
    of.forEach(worker -> now.put(worker, worker.placed().size()));
    await()
        .atMost(TestShop.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> of.stream().allMatch(w -> w.placed().size() >= now.get(w) + 20));
  }

  /** Writes down who changes which row of the engine's, in table {@code public.audit}. */
  void audit() {
    sql.useHandle(
        handle -> {
          handle.execute("create table audit (at timestamptz, who text, what text, id text)");
          handle.execute(
              """
              create function audit() returns trigger language plpgsql as $$
              declare changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
              begin
                insert into public.audit values (clock_timestamp(), current_setting('application_name'),
                  concat_ws(' ', tg_table_name, tg_op, changed ->> 'definition'), changed ->> 'id');
                return null;
              end $$
              """);
          for (String table :
              List.of(
                  "saga.nodes",
                  "saga.instances",
                  "orders.orders",
                  "orders.order_events",
                  "payments.transactions",
                  "payments.refunds",
                  "inventory.stock",
                  "inventory.reservations",
                  "inventory.stock_movements")) {
            handle.execute(
                "create trigger audit after insert or update or delete on "
                    + table
                    + " for each row execute function audit()");
          }
        });
  }

  /** All work comes to its end. The database may just be coming back. */
  void awaitRest(Duration limit) {
    await()
        .atMost(limit)
        .ignoreExceptionsInstanceOf(JdbiException.class)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              assertThat(undecided()).as("undecided orders").isZero();
              assertThat(liveSagas()).as("live sagas").isEmpty();
              assertThat(count("messaging.outbox")).as("events to publish").isZero();
              assertThat(count("messaging.consumer_backlog")).as("events to take").isZero();
            });
  }

  /** A few of them, with what they wait for. */
  private List<String> liveSagas() {
    return sql.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat_ws(' ', definition, step, state, 'attempt', attempt, 'due', next_run_at,
                      'owner', owner, last_error) from saga.instances limit 10
                    """)
                .mapTo(String.class)
                .list());
  }

  /**
   * Judges what is at rest: every receipt has its order, every key one order, every confirmed order
   * one charge and every cancelled one no money; nobody else paid; and all invariants hold.
   */
  void judge() {
    awaitRest(TestShop.PATIENCE);
    Map<String, UUID> byKey = ordersByKey();
    for (Worker worker : workers) {
      assertThat(worker.broken()).as("errors without a type").isEmpty();
      assertThat(byKey)
          .as("orders with a receipt of " + worker.name())
          .containsAllEntriesOf(worker.placed());
    }
    Map<UUID, SimulatedMoney> money = provider.moneyByOrder();
    Map<UUID, String> status = statuses();
    Set<UUID> strangers = new HashSet<>(money.keySet());
    strangers.removeAll(status.keySet()); // not containsAll, which compares each with each
    assertThat(strangers).as("orders that paid and are not there").isEmpty();
    assertThat(byKey).as("one order a key").hasSameSizeAs(status.keySet());
    status.forEach(
        (order, how) -> assertPaid(order, how, money.getOrDefault(order, SimulatedMoney.NONE)));
    assertInvariants();
  }

  private static void assertPaid(UUID order, String status, SimulatedMoney money) {
    boolean confirmed = status.equals("CONFIRMED");
    assertThat(money.charges())
        .as("charges of %s, %s: %s", order, status, money)
        .isLessThanOrEqualTo(1);
    assertThat(money.kept())
        .as("money kept of %s, %s: %s", order, status, money)
        .isEqualTo(confirmed ? TestShop.PRICE : 0);
  }

  private void assertInvariants() {
    InvariantCheck check = InvariantCheck.on(database.pool()).withSettled(true);
    await()
        .atMost(TestShop.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              InvariantReport report = check.run();
              assertThat(report.isClean()).as(report::text).isTrue();
            });
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    provider.close();
    database.close();
  }
}
