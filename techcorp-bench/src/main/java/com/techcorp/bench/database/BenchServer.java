package com.techcorp.bench.database;

import com.techcorp.bench.text.Screen;
import com.techcorp.bench.workload.Workload;
import com.techcorp.catalog.Product;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one PostgreSQL of a run, as durable as any, and the databases made from its templates. */
public final class BenchServer implements AutoCloseable {
  private static final long STOCK = 1_000_000_000_000L;

  private final PostgresServer server;
  private final long finishedOrders;
  private final boolean kept;
  private final Screen screen;
  private @Nullable String empty;
  private @Nullable BenchDatabase finished;

  private BenchServer(PostgresServer server, long finishedOrders, boolean kept, Screen screen) {
    this.server = server;
    this.finishedOrders = finishedOrders;
    this.kept = kept;
    this.screen = screen;
  }

  /**
   * Starts a server of its own. Checkpoints are asked for between the slices, so that none comes in
   * the middle of one. Statements are only recorded where a database asks for it.
   *
   * @param sharedBuffers the setting of that name
   * @param finishedOrders how many there are in {@link Tables#FINISHED}
   * @param directory keeps the server's data, and with it the finished orders; null: a temporary
   *     one
   */
  public static BenchServer start(
      String sharedBuffers, long finishedOrders, @Nullable Path directory, Screen screen) {
    PostgresOptions options =
        PostgresOptions.DEFAULT
            .withSetting("max_connections", "400")
            .withSetting("shared_buffers", sharedBuffers)
            .withSetting("max_wal_size", "8GB")
            .withSetting("checkpoint_timeout", "1h")
            .withSetting("shared_preload_libraries", "pg_stat_statements")
            .withSetting("pg_stat_statements.track", "none");
    BenchServer server =
        new BenchServer(
            PostgresServer.start(directory == null ? options : options.withDirectory(directory)),
            finishedOrders,
            directory != null,
            screen);
    server.execute("create extension if not exists pg_stat_statements");
    return server;
  }

  /** A database in the state that is asked for, with no one at work in it; close it. */
  public BenchDatabase database(Tables tables) throws InterruptedException {
    return tables == Tables.EMPTY
        ? new BenchDatabase(server, server.createDatabase(template()), true)
        : finished().tidied();
  }

  /** A database with nothing in it, not even a schema; dropped when closed. */
  public BenchDatabase blank() {
    return new BenchDatabase(server, server.createDatabase(), true);
  }

  private String template() {
    String template = empty;
    if (template == null) {
      template = server.createDatabase();
      fill(template);
      empty = template;
    }
    return template;
  }

  /** The one database of finished orders: too large to be copied for each slice. */
  private BenchDatabase finished() throws InterruptedException {
    BenchDatabase database = finished;
    if (database == null) {
      String name = "finished_" + finishedOrders;
      database = new BenchDatabase(server, name, false);
      if (!exists(name)) {
        long began = System.nanoTime();
        String making = server.createDatabase(template());
        try (HikariDataSource pool = BenchDatabase.pool(server.jdbcUrl(making), 16)) {
          new FinishedOrders(pool, finishedOrders).write();
        }
        rename(making, name);
        double seconds = (System.nanoTime() - began) / 1e9;
        screen.line("  %,d finished orders were made in %.0f s", finishedOrders, seconds);
      }
      finished = database;
    }
    return database;
  }

  /** The name says that it is complete: a run that was broken off leaves another. */
  private void rename(String from, String to) {
    execute("alter database " + from + " rename to " + to);
  }

  private boolean exists(String name) {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
        PreparedStatement find =
            connection.prepareStatement("select from pg_database where datname = ?")) {
      find.setString(1, name);
      return find.executeQuery().next();
    } catch (SQLException e) {
      throw BenchDatabase.failed("the databases could not be listed", e);
    }
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

  public String url(String database) {
    return server.jdbcUrl(database);
  }

  /** The postmaster's process id. */
  public long pid() {
    return server.pid();
  }

  public String version() {
    return server.version();
  }

  /** So that what one slice dirtied is not written in the next. */
  public void checkpoint() {
    execute("checkpoint");
  }

  /**
   * Stops autovacuum for the rest of the run. It takes seconds of CPU at a time, which a comparison
   * would charge to the side that runs at that moment.
   */
  public void stopAutovacuum() {
    execute("alter system set autovacuum = off");
    execute("select pg_reload_conf()");
  }

  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw BenchDatabase.failed(sql, e);
    }
  }

  @Override
  public void close() {
    if (kept && empty != null) {
      server.dropDatabase(empty);
    }
    server.close();
  }
}
