package com.techcorp.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database of the benchmark's server. */
final class BenchDatabase implements AutoCloseable {
  private final BenchServer server;
  private final String name;
  private final boolean dropped;

  /** Dropped when closed, or kept. */
  BenchDatabase(BenchServer server, String name, boolean dropped) {
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

  String name() {
    return name;
  }

  BenchServer server() {
    return server;
  }

  String url() {
    return server.url(name);
  }

  /** A pool of so many connections, all open from the beginning. */
  HikariDataSource pool(int connections) {
    return pool(url(), connections);
  }

  static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(30_000);
    config.setPoolName("techcorp-bench");
    config.addDataSourceProperty("ApplicationName", "techcorp-bench");
    return new HikariDataSource(config);
  }

  long count(String query) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (dropped) {
      server.drop(name);
    }
  }
}
