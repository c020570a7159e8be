package com.techcorp.bench.measure;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a contender sent, as the server recorded it in a slice of its own: recording costs most
 * whoever sends most, so it is off while orders are timed.
 *
 * @param perOrder statements an order
 * @param longest those that took the most of the server's time
 */
public record StatementProfile(double perOrder, List<Statement> longest) {
  private static final String RECORDED =
      """
      select calls, rows, total_exec_time, query, sum(calls) over () as all_calls
      from public.pg_stat_statements s
      join pg_database d on d.oid = s.dbid
      where d.datname = ?
      order by total_exec_time desc
      """;

  private static final int LONGEST = 12;

  /**
   * One statement.
   *
   * @param query its text
   * @param calls an order
   * @param rows an order
   * @param micros of execution, an order
   */
  public record Statement(String query, double calls, double rows, double micros) {}

  /** Has what is sent to a database from now on recorded, by sessions yet to begin. */
  public static void begin(BenchServer server, BenchDatabase database) {
    server.execute("alter database " + database.name() + " set pg_stat_statements.track = 'top'");
  }

  /** Reads what was recorded of a database, and forgets it. */
  public static StatementProfile end(BenchServer server, BenchDatabase database, long orders) {
    StatementProfile profile = read(server, database, orders);
    server.execute("alter database " + database.name() + " reset pg_stat_statements.track");
    server.execute("select pg_stat_statements_reset()");
    return profile;
  }

  private static StatementProfile read(BenchServer server, BenchDatabase database, long orders) {
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        PreparedStatement statement = connection.prepareStatement(RECORDED)) {
      statement.setString(1, database.name());
      List<Statement> longest = new ArrayList<>();
      double calls = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next() && longest.size() < LONGEST) {
          calls = rows.getDouble("all_calls");
          longest.add(
              new Statement(
                  rows.getString("query").replaceAll("\\s+", " "),
                  rows.getDouble("calls") / orders,
                  rows.getDouble("rows") / orders,
                  rows.getDouble("total_exec_time") * 1e3 / orders));
        }
      }
      return new StatementProfile(calls / orders, longest);
    } catch (SQLException e) {
      throw BenchDatabase.failed("the statements could not be read", e);
    }
  }
}
