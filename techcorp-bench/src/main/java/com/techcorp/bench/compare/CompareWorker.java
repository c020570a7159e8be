package com.techcorp.bench.compare;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClientCpu;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.ServerCpu;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * One side of {@link Compare}: the engine of one commit in a process of its own, on a database of
 * its own. It reads commands from its standard input, a line each, and answers each with a line:
 *
 * <table>
 * <caption>The protocol, which every later version keeps</caption>
 * <tr><th>command</th><th>answer</th></tr>
 * <tr><td>(its start)</td><td>{@code ready}</td></tr>
 * <tr><td>{@code run CLIENTS MILLIS}</td>
 *     <td>{@code ran ORDERS NANOS CLIENT_CPU_NANOS SERVER_CPU_NANOS}, all of the measured time</td></tr>
 * <tr><td>{@code check}</td><td>{@code clean ORDERS}, all since the start</td></tr>
 * <tr><td>(end of the input)</td><td>ends</td></tr>
 * </table>
 *
 * <p>What goes wrong ends it with a stack trace. It drives the engine through the benchmark's own
 * {@link EngineShop}, so that only that class must follow the library's API. A commit that has no
 * worker yet is driven by the earliest there was, compiled with that commit's classes.
 */
final class CompareWorker {
  /** Clients come and compiled code is used again before anything counts. */
  private static final Duration RAMP = Duration.ofMillis(500);

  private static final long STOCK = 1_000_000_000_000L;
  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";

  private final HikariDataSource pool;
  private final EngineShop shop;
  private final ServerCpu server;
  private long orders;

  private CompareWorker(HikariDataSource pool, EngineShop shop, long serverPid) {
    this.pool = pool;
    this.shop = shop;
    this.server = new ServerCpu(serverPid);
  }

  /**
   * Runs the worker.
   *
   * @param args address of an empty database; process id of its server, on this machine
   */
  public static void main(String[] args) throws Exception {
    // A machine that is busy for a moment must not cost the engine its lease.
    EngineOptions engine = EngineOptions.DEFAULT.withLease(Duration.ofMinutes(1));
    try (HikariDataSource pool = BenchDatabase.pool(args[0], Contender.engineConnections(engine))) {
      fill(pool);
      try (EngineShop shop =
          EngineShop.withoutRelay(PostgresStorage.on(pool), new Provider(Duration.ZERO), engine)) {
        new CompareWorker(pool, shop, Long.parseLong(args[1])).obey();
      }
    }
  }

  private static void fill(HikariDataSource pool) throws SQLException {
    PostgresStorage.migrate(pool);
    String sql =
        """
        with goods as (
          insert into inventory.stock (product_id, available, reserved)
          select p, ?, 0 from unnest(?) p returning product_id, available)
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, available, 'RECEIPT', now() from goods
        """;
    UUID[] products =
        Workload.catalogue().stream().map(product -> product.id()).toArray(UUID[]::new);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, STOCK);
      statement.setArray(2, connection.createArrayOf("uuid", products));
      statement.executeUpdate();
    }
  }

  private void obey() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answer("ready");
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "run" -> {
          if (words.length < 4) {
            tidy();
          }
          run(Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
        }
        case "check" -> check();
        default -> throw new IllegalArgumentException("unknown command: " + line);
      }
    }
  }

  private void run(int clients, Duration time) throws InterruptedException {
    CpuTimes cpu = new CpuTimes();
    ClosedLoop.Result result =
        new ClosedLoop(shop, new Workload(Load.UNIFORM), clients).run(RAMP, time, cpu);
    orders += result.all();
    answer("ran %d %d %d %d", result.confirmed(), result.nanos(), cpu.client, cpu.server);
  }

  /** As each pair should find it: nobody relays, nothing is left to vacuum or to write. */
  private void tidy() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from messaging.outbox");
      statement.execute("vacuum");
      statement.execute("checkpoint");
    }
  }

  private void check() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(CONFIRMED)) {
      rows.next();
      Verification.counts("orders CONFIRMED", orders, rows.getLong(1));
    }
    Verification.invariants(pool, Verification.WITHOUT_RELAY);
    answer("clean %d", orders);
  }

  private static void answer(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
    System.out.flush();
  }

  /** What the measured time took of this process and of the server. */
  private final class CpuTimes implements ClosedLoop.Window {
    private long client;
    private long server;

    @Override
    public void opened() {
      client = -ClientCpu.nanos();
      server = -serverNanos();
    }

    @Override
    public void closed() {
      client += ClientCpu.nanos();
      server += serverNanos();
    }

    private long serverNanos() {
      return CompareWorker.this
          .server
          .nanos()
          .orElseThrow(() -> new IllegalStateException("the server's CPU time is in /proc only"));
    }
  }
}
