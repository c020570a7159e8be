package com.techcorp.bench;

import com.techcorp.catalog.Product;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.testkit.servers.PostgresOptions;
import com.techcorp.testkit.servers.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one PostgreSQL of a run, as durable as any, and the databases made from its templates. */
final class BenchServer implements AutoCloseable {
  private static final long STOCK = 1_000_000_000_000L;

  private final PostgresServer server;
  private @Nullable String empty;

  private BenchServer(PostgresServer server) {
    this.server = server;
  }

  /**
   * Starts a server of its own. Checkpoints are asked for between the slices, so that none comes in
   * the middle of one. Statements are only recorded where a database asks for it.
   */
  static BenchServer start(String sharedBuffers) {
    PostgresOptions options =
        PostgresOptions.defaults()
            .setting("max_connections", "400")
            .setting("shared_buffers", sharedBuffers)
            .setting("max_wal_size", "8GB")
            .setting("checkpoint_timeout", "1h")
            .setting("shared_preload_libraries", "pg_stat_statements")
            .setting("pg_stat_statements.track", "none");
    return new BenchServer(PostgresServer.start(options));
  }

  /** A database with products in stock and no orders, fresh. */
  BenchDatabase emptyTables() {
    String template = empty;
    if (template == null) {
      template = server.createDatabase();
      fill(template);
      empty = template;
    }
    return new BenchDatabase(this, server.createDatabase(template));
  }

  private void fill(String name) {
    try (HikariDataSource pool = BenchDatabase.pool(server.jdbcUrl(name), 2)) {
      PostgresStorage.migrate(pool);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        stock(connection);
        statement.execute("vacuum (analyze)");
      } catch (SQLException e) {
        throw BenchDatabase.failed("the products could not be written", e);
      }
    }
  }

  private static void stock(Connection connection) throws SQLException {
    String sql =
        """
        with goods as (
          insert into inventory.stock (product_id, available, reserved)
          select p, ?, 0 from unnest(?) p returning product_id, available)
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, available, 'RECEIPT', now() from goods
        """;
    List<UUID> products = Workload.catalogue().stream().map(Product::id).toList();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, STOCK);
      statement.setArray(2, connection.createArrayOf("uuid", products.toArray()));
      statement.executeUpdate();
    }
  }

  String url(String database) {
    return server.jdbcUrl(database);
  }

  /** The postmaster's process id. */
  long pid() {
    return server.pid();
  }

  String version() {
    return server.version();
  }

  void drop(String database) {
    server.dropDatabase(database);
  }

  /** So that what one slice dirtied is not written in the next. */
  void checkpoint() {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw BenchDatabase.failed("no checkpoint", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
