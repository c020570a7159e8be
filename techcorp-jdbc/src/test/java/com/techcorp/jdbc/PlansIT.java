package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedCharge;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No statement of an order's way scans a table, told by the server's own counters: on young tables,
 * whose statistics say nothing, and on filled ones.
 */
class PlansIT {
  private static final String NAMED = "&ApplicationName=plans";

  private static final String TABLES =
      """
      select schemaname || '.' || relname as name, seq_scan from pg_stat_user_tables
      where schemaname in ('orders', 'inventory', 'payments', 'saga')
        and relname not in ('nodes', 'admin_log')
      """;

  private TestShop shop;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void nothingIsScannedOnYoungTables() {
    Map<String, Long> before = scans();
    everyWayOfAnOrder(40);

    // then: plain reads leave the plan to the server, which rightly scans a table of one page
    assertThat(scansSince(before).keySet()).isSubsetOf("orders.orders");
  }

  @Test
  void nothingIsScannedOnFilledTables() {
    // given
    everyWayOfAnOrder(400);
    TestShop.execute(shop.database(), "analyze");
    Map<String, Long> before = scans();

    // when
    everyWayOfAnOrder(40);

    // then
    assertThat(scansSince(before)).isEmpty();
  }

  /** Confirmed, declined, sold out, unanswered, cancelled, shipped; alone and in batches. */
  private void everyWayOfAnOrder(int orders) {
    try (HikariDataSource pool = TestDatabase.pool(shop.database().url() + NAMED, 12);
        TechCorp library = shop.wired().storage(PostgresStorage.on(pool)).start()) {
      UUID product = shop.product(library, orders);
      UUID scarce = shop.product(library, 1);
      List<PlaceOrder> requests = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        requests.add(shop.order(i % 4 == 0 ? scarce : product, 1));
      }
      shop.gateway
          .on()
          .call(5, SimulatedCharge.decline("no_funds"))
          .call(6, SimulatedCharge.loseAnswer());
      List<OrderReceipt> receipts = requests.parallelStream().map(library.orders()::place).toList();
      receipts.forEach(TestShop::outcome);
      UUID last = receipts.get(orders - 1).orderId();
      UUID owner = requests.get(orders - 1).userId();
      library.orders().find(owner, last);
      library.orders().list(owner, 10);
      library.orders().history(last);
      library.orders().cancel(owner, last, "changed my mind");
      library.orders().place(requests.get(1));
      TestShop.eventually(() -> assertThat(library.inFlight()).isZero());
    }
  }

  /** A server process tells its counters when it ends, at the latest. */
  private Map<String, Long> scans() {
    TestShop.eventually(
        () -> assertThat(shop.count("pg_stat_activity where application_name = 'plans'")).isZero());
    Map<String, Long> scans = new TreeMap<>();
    shop.sql()
        .useHandle(
            h ->
                h.createQuery(TABLES)
                    .map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
                    .forEach(table -> scans.put(table.getKey(), table.getValue())));
    return scans;
  }

  private Map<String, Long> scansSince(Map<String, Long> before) {
    Map<String, Long> since = new TreeMap<>(scans());
    since.replaceAll((table, count) -> count - before.getOrDefault(table, 0L));
    // A start reads what live sagas need, a stop hands over what a node owns: once each, all of it.
    since.computeIfPresent("saga.instances", (table, count) -> Math.max(0, count - 2));
    since.values().removeIf(count -> count == 0);
    return since;
  }
}
