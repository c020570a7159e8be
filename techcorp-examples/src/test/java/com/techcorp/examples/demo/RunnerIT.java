package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.examples.data.DataFiles;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.process.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process of its own, as a newcomer and a killer of processes meet it. */
class RunnerIT {
  /**
   * A mail that was being sent at the kill counts as lost after two minutes, and is then looked at.
   */
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private static final int SIGTERM = 128 + 15;

  @TempDir private Path temporary;

  @Test
  void placesOrdersAndTellsHowTheyEnded() {
    try (ChildJvm run = run("--orders", "60", "--decline", "0.3", "--timeout-rate", "0.1")) {
      run.awaitLine(row("orders placed", "60"), LIMIT);
      run.awaitLine(line -> line.contains("confirmed") && line.contains("%"), LIMIT);
      run.awaitLine("declined (card_declined)", LIMIT);
      run.awaitLine("orders/s", LIMIT);
      run.awaitLine("p50", LIMIT);
      run.awaitLine("p99", LIMIT);
      run.awaitLine(row("messages sent", "60"), LIMIT);
      run.awaitLine(row("invariants", "hold"), LIMIT);
      run.awaitLine(row("replay", "equal"), LIMIT);
      run.awaitLine(row("provider's books", "fit"), LIMIT);
      run.awaitLine("Clean", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.CLEAN);
      assertThat(run.stderr()).doesNotContain("ERROR");
      assertThat(run.stderr().lines().filter(line -> line.contains("WARN")))
          .as("warnings, which may only tell of answers that the provider lost")
          .allMatch(line -> line.contains("Step pay of saga"));
    }
  }

  @Test
  void placesOrdersBehindLogins() {
    try (ChildJvm run = run("--auth", "--orders", "20", "--threads", "4")) {
      run.awaitLine("customers log in, with sessions", LIMIT);
      run.awaitLine(row("orders placed", "20"), LIMIT);
      run.awaitLine(line -> line.strip().matches("logins +[1-9]\\d* .*"), LIMIT);
      run.awaitLine(row("sessions left", "0"), LIMIT);
      run.awaitLine(row("tokens still accepted", "0"), LIMIT);
      run.awaitLine(row("invariants", "hold"), LIMIT);
      run.awaitLine("nothing lost, nobody left logged in.", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.CLEAN);
      assertThat(run.stderr()).doesNotContain("ERROR");
    }
  }

  @Test
  void copiesCartsWhenThereAreTooFewAndSaysWhenAnInvariantIsBroken() throws Exception {
    Path data = temporary.resolve("pg");
    String files = fewCarts(temporary.resolve("files"), 25).toString();
    try (ChildJvm run = run("--data", data.toString(), "--orders", "20", "--files", files)) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.CLEAN);
    }
    // someone's hand in the database
    try (Shop shop = new Shop(data)) {
      shop.execute(
          "update inventory.stock set available = available + 1"
              + " where product_id = (select min(product_id::text)::uuid from inventory.stock)");
    }

    try (ChildJvm run = run("--data", data.toString(), "--orders", "40", "--files", files)) {
      run.awaitLine("20 orders of earlier runs are here", LIMIT);
      run.awaitLine(row("orders placed", "40"), LIMIT);
      run.awaitLine(row("invariants", "BROKEN"), LIMIT);
      run.awaitLine("! i1-stock-equals-movements", LIMIT);
      run.awaitLine("BROKEN", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.BROKEN);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void goesOnWithWhatAKilledRunLeft() throws SQLException {
    Path data = temporary.resolve("pg");
    try (ChildJvm run = run("--data", data.toString(), "--orders", "3000", "--latency", "500ms")) {
      run.awaitLine(line -> line.matches(".* [1-9]\\d* confirmed .*"), LIMIT);
      run.kill();
    }

    try (ChildJvm run = run("--data", data.toString(), "--orders", "20")) {
      run.awaitLine("of earlier runs are here", LIMIT);
      run.awaitLine("unfinished", LIMIT);
      assertThat(run.awaitLine("finished: ", LIMIT)).contains("0 still open");
      run.awaitLine(row("orders placed", "20"), LIMIT);
      run.awaitLine("Clean", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.CLEAN);
    }
    try (Shop shop = new Shop(data)) {
      assertThat(
              shop.number(
                  "select max(n) from (select count(*) n from inventory.stock_movements"
                      + " where movement_type = 'RECEIPT' group by product_id) goods_in"))
          .as("goods in of one product")
          .isEqualTo(1);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killsAWorkerAndFinishesItsOrders() {
    try (ChildJvm run =
        run("--crash", "40%", "--orders", "150", "--threads", "12", "--latency", "200ms")) {
      run.awaitLine("150 orders from 12 clients in worker", LIMIT);
      String kill = run.awaitLine("kill -9 of worker", LIMIT);
      assertThat(kill).matches(".*worker \\d+: .* it owned [1-9]\\d*");
      assertThat(ProcessHandle.of(Long.parseLong(kill.replaceAll(".*worker (\\d+):.*", "$1"))))
          .isEmpty();
      run.awaitLine("the lease has run out", LIMIT);
      run.awaitLine("the last of them has ended", LIMIT);
      run.awaitLine("the rest is placed here", LIMIT);
      run.awaitLine(row("orders placed", "150"), LIMIT);
      awaitMessages(run, 150);
      run.awaitLine(line -> line.matches(" +the last one ended +\\d+\\.\\d s .*= 6\\.0 s"), LIMIT);
      String late = run.awaitLine(line -> line.strip().matches("late +\\d+"), LIMIT);
      run.awaitLine(row("lost", "0"), LIMIT);
      run.awaitLine(row("doubled", "0"), LIMIT);
      run.awaitLine(row("invariants", "hold"), LIMIT);
      run.awaitLine(row("replay", "equal"), LIMIT);
      run.awaitLine(row("provider's books", "fit"), LIMIT);
      // A machine shared with other builds may be late; what is said of it has to be true.
      boolean inTime = late.endsWith(" 0");
      run.awaitLine(inTime ? "nothing lost, nothing late" : "LATE: nothing is lost", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(inTime ? ExitCode.CLEAN : ExitCode.BROKEN);
      assertThat(run.stderr().lines())
          .filteredOn(line -> !line.contains("DeliveryDeferredException")) // sent at the kill
          .noneMatch(line -> line.contains("ERROR") || line.contains("Exception"));
    }
  }

  /** One that was being sent when the worker died is not sent again. */
  private static void awaitMessages(ChildJvm run, int all) {
    int sent = number(run.awaitLine(line -> line.contains("messages sent"), LIMIT));
    int perhaps =
        sent == all ? 0 : number(run.awaitLine(line -> line.contains("perhaps sent"), LIMIT));
    assertThat(sent + perhaps).isEqualTo(all);
    assertThat(perhaps).isLessThanOrEqualTo(12);
  }

  private static int number(String line) {
    return Integer.parseInt(line.strip().replaceAll("\\D+([0-9]+) .*", "$1"));
  }

  @Test
  void saysWhenThereIsNothingLeftToKill() {
    try (ChildJvm run = run("--crash", "10m", "--orders", "5", "--latency", "0ms")) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(ExitCode.ERROR);
      assertThat(run.stderr()).contains("All orders had ended", "more --orders");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void finishesWhatItBeganWhenToldToStop() {
    try (ChildJvm run = run("--orders", "3000", "--latency", "100ms")) {
      run.awaitLine(line -> line.matches(".* [1-9]\\d* confirmed .*"), LIMIT);

      ProcessHandle.of(run.pid()).orElseThrow().destroy();

      run.awaitLine("orders were not placed", LIMIT);
      run.awaitLine(row("invariants", "hold"), LIMIT);
      run.awaitLine("Clean", LIMIT);
      assertThat(run.exitCode(LIMIT)).isEqualTo(SIGTERM);
      assertThat(run.stderr()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  private static ChildJvm run(String... args) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    words.add("--plain");
    return ChildJvm.of(Runner.class)
        // It runs too briefly for the second compiler to be worth its time.
        .jvmOptions("-Xmx512m", "-XX:TieredStopAtLevel=1")
        .args(words.toArray(String[]::new))
        .start();
  }

  /** The bundled files with the first carts only. */
  private static Path fewCarts(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("catalogue.json", "customers.json", "carts.json", "orders.json")) {
      try (InputStream in = DataFiles.class.getResourceAsStream(name)) {
        List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        boolean all = name.startsWith("c") && !name.startsWith("carts");
        String body = String.join("\n", lines.subList(1, all ? lines.size() - 1 : count + 1));
        Files.writeString(folder.resolve(name), "[\n" + body.replaceFirst(",$", "") + "\n]\n");
      }
    }
    return folder;
  }

  private static Predicate<String> row(String name, String value) {
    return line -> line.strip().matches("\\Q" + name + "\\E +\\Q" + value + "\\E( .*)?");
  }

  /** The database of a run that ended, on a server of this test. */
  private static final class Shop implements AutoCloseable {
    private final PostgresServer server;

    Shop(Path data) {
      server = PostgresServer.start(PostgresOptions.DEFAULT.withDirectory(data));
    }

    void execute(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    long number(String query) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getLong(1);
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(server.jdbcUrl(DemoDatabase.NAME));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
