package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a report that stays open for minutes does to those who order meanwhile: no dead row can be
 * cleaned up as long as its snapshot might see it, and the versions of a hot row pile up.
 */
public final class OpenReader {
  private static final int CLIENTS = 64;
  private static final int LAST_SECONDS = 10;

  private final Run slice;
  private final PoolSizes pools;
  private final Screen screen;
  private final SliceTimes times;

  public OpenReader(Run slice, PoolSizes pools, Screen screen, SliceTimes times) {
    this.slice = slice;
    this.pools = pools;
    this.screen = screen;
    this.times = times;
  }

  /** A transaction that has taken its snapshot and does nothing more. */
  private static AutoCloseable begin(BenchDatabase database) {
    try {
      Connection connection = DriverManager.getConnection(database.url());
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("select count(*) from inventory.stock");
      }
      return connection;
    } catch (SQLException e) {
      throw BenchDatabase.failed("the reader could not begin", e);
    }
  }

  public Finding run(List<Contender> contenders) throws InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "load",
            "contender",
            "orders/s alone",
            "with a reader",
            "ratio",
            "ratio of the last seconds",
            "dead rows an order alone",
            "with a reader",
            "p99 alone, ms",
            "with a reader");
    for (Load load : Load.values()) {
      Condition cell = new Condition(load, Tables.EMPTY, Duration.ZERO, CLIENTS);
      for (Contender contender : contenders) {
        table.row(row(cell, contender).toArray(new String[0]));
      }
    }
    List<String> lines =
        new ArrayList<>(
            List.of(
                String.format(
                    Locale.ROOT,
                    "%d clients, provider 0 ms, %d s each. The reader's REPEATABLE READ transaction begins"
                        + " before the first order and ends after the last. The last seconds: the ratio of the"
                        + " final %d s (or half the time, if that is less).",
                    CLIENTS,
                    times.measured().toSeconds(),
                    LAST_SECONDS),
                ""));
    lines.addAll(table.lines());
    return new Finding("A reader left open", lines);
  }

  private List<String> row(Condition cell, Contender contender) throws InterruptedException {
    int pool = pools.of(cell, contender);
    Sample alone = slice.run(cell, contender, 1, pool, times);
    screen.line("  %s", Samples.line(alone));
    Sample read = slice.run(cell, contender, 1, pool, times, OpenReader::begin);
    screen.line("  %s, with a reader", Samples.line(read));
    return List.of(
        cell.load().toString(),
        contender.toString(),
        Texts.rate(alone.result().perSecond()),
        Texts.rate(read.result().perSecond()),
        Texts.ratio(read.result().perSecond() / alone.result().perSecond()),
        Texts.ratio(last(read.result()) / last(alone.result())),
        Texts.one(alone.costs().dead()),
        Texts.one(read.costs().dead()),
        Texts.millis(alone.result().millis(99)),
        Texts.millis(read.result().millis(99)));
  }

  /** Orders a second towards the end; the second that is not whole is left out. */
  private static double last(ClosedLoop.Result result) {
    List<Long> whole = result.timeline().subList(0, result.timeline().size() - 1);
    int from = Math.max(whole.size() / 2, whole.size() - LAST_SECONDS);
    return whole.subList(from, whole.size()).stream().mapToLong(n -> n).average().orElse(0);
  }
}
