package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.KeyChange.Activate;
import com.techcorp.auth.spi.KeyChange.Add;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.servers.postgres.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** The keys of docs/operations.md, in a database as the processes that sign leave it. */
class KeysCommandIT {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final KeyTerms SHORT = new KeyTerms(SECOND, SECOND);
  private static final KeyTerms USUAL =
      new KeyTerms(Duration.ofMinutes(6), Duration.ofSeconds(1_870));

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private String database = "";
  private SigningKeyStore store;

  @BeforeEach
  void open() {
    database = SERVER.createDatabase();
    dataSource.setUrl(SERVER.jdbcUrl(database));
    SchemaNames names = SchemaNames.DEFAULT.withAuthTables();
    PostgresStorage.migrate(dataSource, names);
    store = PostgresStorage.builder(dataSource).schemas(names).build().signingKeys();
  }

  @AfterEach
  void close() {
    SERVER.dropDatabase(database);
  }

  @Test
  void listsWhatIsInUseAndWhatEndedWithoutAKey() {
    // given
    assertThat(keys("list")).isEqualTo("0 0 keys in use\n");
    signing("first");
    add("second", USUAL);
    assertThat(keys("remove", "second")).startsWith("0 second is removed");

    // then
    assertThat(keys("list"))
        .startsWith("0 first ACTIVE, published 20")
        .contains(", signs since 20", ", wrapped under w1\n", "second REMOVED, published 20")
        .contains(", ended 20", "1 keys in use\n")
        .doesNotContain("planted", "QUJD");
    assertThat(keys("list", "--ended", "0")).doesNotContain("second");
  }

  @Test
  void rotatesOnceEveryVerifierCanHaveTheNextKey() {
    // given
    signing("first");
    assertThat(keys("rotate")).startsWith("1 no key waits");

    // when
    add("second", USUAL);
    assertThat(keys("rotate")).startsWith("1 the next key may sign from 20");
    assertThat(keys("remove", "second")).startsWith("0 ");
    add("third", SHORT);
    awaitRotated();

    // then
    assertThat(store.read().active()).map(key -> key.id()).contains("third");
    assertThat(keys("list")).contains("first RETIRED", ", until 20", "third ACTIVE");
  }

  /** The terms count in the database's time: a second. */
  private void awaitRotated() {
    String answer = keys("rotate");
    while (answer.startsWith("1 the next key may sign from 20")) {
      answer = keys("rotate");
    }
    assertThat(answer).isEqualTo("0 third signs from now on\n");
  }

  @Test
  void removesAKeyThatLeakedAndLetsTheNextOneSign() {
    // given
    signing("first");
    add("second", USUAL);

    // then
    assertThat(keys("remove", "unknown")).startsWith("1 no key in use has this id");
    assertThat(keys("remove", "first")).isEqualTo("0 first is removed\nsecond signs from now on\n");
    assertThat(keys("remove", "second")).isEqualTo("0 second is removed\n");
    assertThat(keys("remove", "second")).startsWith("1 no key in use has this id");
  }

  @Test
  void saysWhichTableADatabaseLacks() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema auth cascade");
    }

    assertThat(keys("list")).startsWith("1 ").contains("auth.signing_keys");
  }

  @Test
  void withoutASubcommandItSaysWhatItCanDo() {
    StringWriter printed = new StringWriter();
    CommandLine line = OperatorCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));

    assertThat(line.execute("keys")).isEqualTo(OperatorCommand.USAGE);
    assertThat(printed.toString()).contains("list", "rotate", "remove");
  }

  private void add(String keyId, KeyTerms terms) {
    assertThat(store.change(new Add(keyId, "QUJD", "w1.planted", terms))).isTrue();
  }

  private void signing(String keyId) {
    add(keyId, USUAL);
    assertThat(store.change(new Activate(keyId, null))).isTrue();
  }

  /** The exit code, and all that was printed. */
  private String keys(String... args) {
    List<String> command = new ArrayList<>(List.of("keys", args[0]));
    command.addAll(List.of(args).subList(1, args.length));
    command.addAll(List.of("--url", SERVER.jdbcUrl(database)));
    StringWriter printed = new StringWriter();
    String password = dataSource.getPassword();
    Map<String, String> env = password == null ? Map.of() : Map.of("PGPASSWORD", password);
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
    int exit = line.execute(command.toArray(String[]::new));
    return exit + " " + printed.toString().replace(System.lineSeparator(), "\n");
  }
}
