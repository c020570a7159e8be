package com.techcorp.bench.database;

import com.techcorp.servers.postgres.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database of the benchmark's server. */
public final class BenchDatabase implements AutoCloseable {
  private final PostgresServer server;
  private final String name;
  private final boolean dropped;

  /** Dropped when closed, or kept. */
  BenchDatabase(PostgresServer server, String name, boolean dropped) {
    this.server = server;
    this.name = name;
    this.dropped = dropped;
  }

  /**
   * As a slice should find it: the events of earlier ones relayed, and their dead rows gone from
   * the tables that are small.
   */
  BenchDatabase tidied() {
    execute("delete from messaging.outbox");
    execute("vacuum messaging.outbox, inventory.stock, saga.instances, saga.nodes");
    return this;
  }

  public String name() {
    return name;
  }

  public String url() {
    return server.jdbcUrl(name);
  }

  /** A pool of so many connections, all open from the beginning. */
  public HikariDataSource pool(int connections) {
    return pool(url(), connections);
  }

  public static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(30_000);
    config.setPoolName("techcorp-bench");
    config.addDataSourceProperty("ApplicationName", "techcorp-bench");
    return new HikariDataSource(config);
  }

  public long count(String query) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  public static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (dropped) {
      server.dropDatabase(name);
    }
  }
}
