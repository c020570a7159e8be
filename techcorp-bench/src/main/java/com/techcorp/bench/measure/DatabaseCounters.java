package com.techcorp.bench.measure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What PostgreSQL has counted in one database.
 *
 * @param commits transactions
 * @param inserted rows
 * @param updated rows
 * @param hotUpdated of these, those that touched no index
 * @param deleted rows
 * @param dead row versions that wait for a vacuum
 */
record DatabaseCounters(
    long commits, long inserted, long updated, long hotUpdated, long deleted, long dead) {
  private static final String OTHERS =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'
      """;

  private static final String COUNTERS =
      """
      select d.xact_commit, t.*
      from pg_stat_database d
      cross join (
        select sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_hot_upd), sum(n_tup_del), sum(n_dead_tup)
        from pg_stat_user_tables) t
      where d.datname = current_database()
      """;

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int PAUSE_MILLIS = 10;

  /**
   * Waits until all other sessions have left: a session adds up what it did at the latest then, but
   * up to ten seconds late while it idles.
   */
  static DatabaseCounters settled(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      for (int waited = 0; others(statement) > 0; waited += PAUSE_MILLIS) {
        if (waited > PATIENCE_MILLIS) {
          throw new IllegalStateException("sessions stay in the database: close their pools first");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      statement.execute("select pg_stat_clear_snapshot()");
      return read(statement);
    }
  }

  /** What is known now; may miss what others did in the last seconds. */
  static DatabaseCounters read(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(COUNTERS)) {
      rows.next();
      return new DatabaseCounters(
          rows.getLong(1),
          rows.getLong(2),
          rows.getLong(3),
          rows.getLong(4),
          rows.getLong(5),
          rows.getLong(6));
    }
  }

  private static long others(Statement statement) throws SQLException {
    statement.execute("select pg_stat_clear_snapshot()");
    try (ResultSet rows = statement.executeQuery(OTHERS)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
