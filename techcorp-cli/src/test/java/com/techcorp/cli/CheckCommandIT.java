package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.proxy.TcpProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** The check of docs/invariant-check.md, on a database in which a saga and a hold are late. */
class CheckCommandIT {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static final String LATE_SAGA =
      """
      insert into saga.instances (id, definition, version, step, state, revision, attempt, undecided,
        next_run_at, data, created_at, updated_at)
      values (gen_random_uuid(), 'of-a-host', 1, 'call', 'RUNNING', 1, 0, false,
        now() - interval '10 s', '{}', now(), now())
      """;

  private static final String LATE_HOLD =
      """
      with p as (
        insert into inventory.stock values (gen_random_uuid(), 4, 1) returning product_id),
      m as (
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, 5, 'RECEIPT', now() from p)
      insert into inventory.reservations
        (id, order_id, product_id, quantity, status, expires_at, created_at)
      select gen_random_uuid(), gen_random_uuid(), product_id, 1, 'PENDING',
        now() - interval '5 min', now() - interval '10 min'
      from p
      """;

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private String database = "";
  private String url = "";

  @BeforeEach
  void open() {
    database = SERVER.createDatabase();
    url = SERVER.jdbcUrl(database);
    dataSource.setUrl(url);
    PostgresStorage.migrate(dataSource);
  }

  @AfterEach
  void close() {
    SERVER.dropDatabase(database);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The exit code, and all that was printed. */
  private String check(String... args) {
    List<String> command = new ArrayList<>(List.of("check"));
    command.addAll(List.of(args));
    return run(command.toArray(String[]::new));
  }

  private String run(String... command) {
    StringWriter printed = new StringWriter();
    String password = dataSource.getPassword();
    Map<String, String> env = password == null ? Map.of() : Map.of("PGPASSWORD", password);
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
    int exit = line.execute(command);
    return exit + " " + printed;
  }

  @Test
  void exitsByWhatItFound() throws SQLException {
    // given
    execute(LATE_SAGA);

    // then
    assertThat(check("--url", url)).startsWith("0").contains("rules checked: clean");
    assertThat(check("--url", url, "--slack", "PT1S")).startsWith("1").contains("! saga ");
    assertThat(check("--url", url, "--settled")).startsWith("1").contains("settled, at");
  }

  @Test
  void knowsHowLongAHoldMayStand() throws SQLException {
    // given
    execute(LATE_HOLD);

    // then
    assertThat(check("--url", url)).startsWith("0").contains("rules checked: clean");
    assertThat(check("--url", url, "--hold-cap", "PT1M"))
        .startsWith("1")
        .contains("1 violation", "! reservation ");
  }

  @Test
  void looksIntoSchemasOfOtherNames() throws SQLException {
    // given: another engine in the same database, with something late
    SchemaNames names = SchemaNames.prefixed("shop_").withMessaging("letters");
    PostgresStorage.migrate(dataSource, names);
    execute(LATE_SAGA.replace("saga.instances", "shop_saga.instances"));
    execute(
        """
        insert into letters.dead_letters values ('accounting', gen_random_uuid(), 'order',
          gen_random_uuid(), 1, 'order.confirmed', '{}', 'the books are closed', now())
        """);
    String[] renamed = {
      "--url", url, "--schema-prefix", "shop_", "--schema", "messaging=letters", "--slack", "PT1S"
    };

    // then
    assertThat(check("--url", url, "--slack", "PT1S")).startsWith("0");
    assertThat(check(renamed)).startsWith("1").contains("! saga ");
    assertThat(run("dead", "accounting", "--url", url)).contains("0 dead letters");
    assertThat(
            run(
                "dead",
                "accounting",
                "--url",
                url,
                "--schema-prefix",
                "shop_",
                "--schema",
                "messaging=letters"))
        .startsWith("0")
        .contains("the books are closed", "1 dead letters");
  }

  @Test
  void looksAtUsersWhereTheyLogIn() throws SQLException {
    // given: a password that was stored as it is
    PostgresStorage.migrate(dataSource, SchemaNames.DEFAULT.withAuth("logins").withAuthTables());
    execute(
        """
        insert into logins.users (id, email, canonical_email, password_hash, status,
          sessions_valid_after, created_at)
        values (gen_random_uuid(), 'ada@example.com', 'ada@example.com', 'hunter2', 'ACTIVE', now(), now())
        """);

    // then
    assertThat(check("--url", url, "--schema", "auth=logins"))
        .startsWith("1")
        .contains("1 violation", "! user ", "i13-hash-has-a-known-form")
        .doesNotContain("hunter2", "ada@");
    assertThat(check("--url", url)).startsWith("2").contains("auth.");
  }

  @Test
  void refusesANameThatCannotBeOne() {
    assertThat(check("--url", url, "--schema-prefix", "pg_")).startsWith("2").contains("reserved");
    assertThat(check("--url", url, "--schema", "order=x")).startsWith("2").contains("orders=");
  }

  @Test
  void saysWhatItCannotRead() {
    String user = "nobody_" + database;

    assertThat(check("--url", url, "--user", user)).startsWith("2").contains(user);
    assertThat(check("--url", SERVER.jdbcUrl("nowhere"))).startsWith("2");
  }

  @Test
  void doesNotWaitForEverForALogin() {
    // given: the server's address takes connections and says nothing
    try (TcpProxy proxy = TcpProxy.before(SERVER)) {
      proxy.blackHole();

      // when
      String ended = check("--url", proxy.through(url) + "&loginTimeout=1");

      // then
      assertThat(ended).startsWith("2").contains("could not be checked");
    }
  }
}
