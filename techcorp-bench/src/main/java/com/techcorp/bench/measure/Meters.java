package com.techcorp.bench.measure;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the meters of one slice, over a connection of its own. For one thread. */
public final class Meters implements ClosedLoop.Window, AutoCloseable {
  private static final String WAL = "select pg_current_wal_insert_lsn() - '0/0'";

  private final Connection connection;
  private final ServerCpu serverCpu;
  private final DatabaseCounters before;
  private @Nullable Reading opened;
  private @Nullable Reading closed;

  private record Reading(long wal, long clientCpu, OptionalLong serverCpu) {}

  /** While nobody else is in the database. */
  public Meters(BenchServer server, BenchDatabase database) throws InterruptedException {
    this.serverCpu = new ServerCpu(server.pid());
    try {
      this.connection = DriverManager.getConnection(database.url());
      this.before = DatabaseCounters.settled(connection);
    } catch (SQLException e) {
      throw BenchDatabase.failed("the meters cannot be read", e);
    }
  }

  @Override
  public void opened() {
    opened = read();
  }

  @Override
  public void closed() {
    closed = read();
  }

  private Reading read() {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WAL)) {
      rows.next();
      return new Reading(rows.getLong(1), ClientCpu.nanos(), serverCpu.nanos());
    } catch (SQLException e) {
      throw BenchDatabase.failed("the meters cannot be read", e);
    }
  }

  /** Once the contender's pool is closed. */
  public Costs costs(ClosedLoop.Result result) throws InterruptedException {
    Reading first = opened;
    Reading last = closed;
    if (first == null || last == null) {
      throw new IllegalStateException("the window was not opened and closed");
    }
    DatabaseCounters after;
    try {
      after = DatabaseCounters.settled(connection);
    } catch (SQLException e) {
      throw BenchDatabase.failed("the meters cannot be read", e);
    }
    double all = result.all();
    double inWindow = result.confirmed();
    return new Costs(
        (after.commits() - before.commits()) / all,
        (last.wal() - first.wal()) / inWindow,
        (after.inserted() - before.inserted()) / all,
        (after.updated() - before.updated()) / all,
        (after.hotUpdated() - before.hotUpdated()) / all,
        (after.deleted() - before.deleted()) / all,
        (after.dead() - before.dead()) / all,
        (last.clientCpu() - first.clientCpu()) / 1e3 / inWindow,
        micros(first.serverCpu(), last.serverCpu(), inWindow));
  }

  private static OptionalDouble micros(OptionalLong first, OptionalLong last, double orders) {
    return first.isPresent() && last.isPresent()
        ? OptionalDouble.of((last.getAsLong() - first.getAsLong()) / 1e3 / orders)
        : OptionalDouble.empty();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw BenchDatabase.failed("the meters' connection was not closed", e);
    }
  }
}
