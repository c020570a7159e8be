package com.techcorp.examples.apart;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SteppedClock;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** Two empty databases on one stepped clock, cloned from one that was migrated once. */
final class TwoDatabases implements SteppedStorage {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static String template = "";

  private final SteppedClock clock = SteppedClock.create();
  private final String ordersName = fresh();
  private final String stockName = fresh();
  private final HikariDataSource ordersPool = Settings.pool(SERVER.jdbcUrl(ordersName));
  private final HikariDataSource stockPool = Settings.pool(SERVER.jdbcUrl(stockName));

  private final Storage orders = PostgresStorage.builder(ordersPool).clock(clock).build();
  private final InventoryTopology inventory;

  /**
   * Opens both.
   *
   * @param site gives the place of the stock, for the storage that holds it
   */
  TwoDatabases(Function<Storage, InventoryTopology> site) {
    this.inventory = site.apply(PostgresStorage.builder(stockPool).clock(clock).build());
  }

  private static synchronized String fresh() {
    if (template.isEmpty()) {
      String migrated = SERVER.createDatabase();
      try (HikariDataSource once = Settings.pool(SERVER.jdbcUrl(migrated))) {
        PostgresStorage.migrate(once);
      }
      template = migrated;
    }
    return SERVER.createDatabase(template);
  }

  @Override
  public SteppedClock clock() {
    return clock;
  }

  @Override
  public Storage storage() {
    return orders;
  }

  @Override
  public InventoryTopology inventory() {
    return inventory;
  }

  /**
   * Each by itself, once consumers are done with what the broker has. A hold's expiry may still
   * wait for its time at the inventory.
   */
  @Override
  public void checkInvariants(boolean settled, Duration holdCap, Set<String> exempt) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              InvariantCheck orders = InvariantCheck.on(ordersPool).withStockElsewhere(true);
              check(orders.withSettled(settled), exempt, holdCap);
              check(InvariantCheck.on(stockPool), exempt, holdCap);
            });
  }

  private void check(InvariantCheck of, Set<String> exempt, Duration holdCap) {
    InvariantReport report = of.withHoldCap(holdCap).withNow(clock.instant()).run();
    assertThat(report.violations())
        .filteredOn(violation -> !exempt.contains(violation.rule()))
        .as(report.text())
        .isEmpty();
  }

  @Override
  public void close() {
    ordersPool.close();
    stockPool.close();
    SERVER.dropDatabase(ordersName);
    SERVER.dropDatabase(stockName);
  }
}
