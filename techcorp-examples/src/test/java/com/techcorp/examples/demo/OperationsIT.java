package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.testkit.SimulatedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements of docs/operations.md, on a database with orders. */
class OperationsIT {
  private static final int ORDERS = 60;

  private DemoDatabase database;
  private DatabaseView state;

  @BeforeEach
  void takeOrders() throws InterruptedException {
    database = DemoDatabase.open(null, null, 16);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS.withAuthTables());
    PostgresStorage storage = DemoShop.storage(database.dataSource());
    state = new DatabaseView(database.dataSource());
    DataFiles files = DataFiles.bundled();
    DemoData.load(database.dataSource(), files);
    try (TechCorp shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(SimulatedGateway.builder().declineRate(0.3).build())
            .sender(new CountingMail())
            .start()) {
      DemoData.stock(shop, files.catalogue());
      OrderLoad load =
          new OrderLoad(
              shop.orders()::place,
              OrderRequests.of(database.dataSource(), files, ORDERS),
              8,
              () -> false);
      load.start();
      assertThat(load.await(Duration.ofMinutes(2))).isTrue();
      UUID cancelled = state.newest(1).get(0).order();
      UUID user = state.newest(1).get(0).user();
      shop.orders().cancel(user, cancelled, "to have a refund, if it was confirmed");
      await().atMost(Duration.ofMinutes(2)).until(() -> state.pending().none());
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyStatementRunsAndLeavesTheInvariantsWhole() throws Exception {
    Map<String, String> variables =
        Map.of(
            "order_number", text("select min(order_number) from orders.orders"),
            "order_id", text("select min(id::text) from orders.orders"),
            "user_id", text("select min(user_id::text) from orders.orders"),
            "consumer", "notifications",
            "retired", "of-an-old-build",
            "event_id", UUID.randomUUID().toString(),
            "before",
                text(
                    "select percentile_disc(0.5) within group (order by updated_at)"
                        + " from orders.orders"));
    assertThat(check()).isEmpty();

    List<String> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(10);
    for (String block : blocks) {
      run(block, variables);
      assertThat(check()).as("violations after%n%s", block).isEmpty();
    }

    assertThat(
            text(
                "select count(*) from customers.customers where id = '"
                    + variables.get("user_id")
                    + "'"))
        .isEqualTo("0");
    assertThat(state.orders()).as("orders after retention").isBetween(1L, ORDERS - 1L);
  }

  private List<InvariantReport.Violation> check() {
    return InvariantCheck.on(database.dataSource()).withSettled(true).run().violations();
  }

  private static List<String> blocks() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private void run(String block, Map<String, String> variables) throws SQLException {
    String sql =
        Pattern.compile(":'(\\w+)'")
            .matcher(block)
            .replaceAll((MatchResult used) -> "'" + variables.get(used.group(1)) + "'");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String query) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
