package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.process.ChildJvm;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two processes, each a JVM of its own, start and rotate the same signing keys at one instant. */
class SharedKeysOfProcessesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long HEADSTART_MILLIS = 20;
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withAuthTables();

  /** Longer than a key is published before it signs, shorter than a key verifies. */
  private static final String LATER =
      """
      update auth.signing_keys set created_at = created_at - t.passed,
        published_at = published_at - t.passed, activated_at = activated_at - t.passed,
        retired_at = retired_at - t.passed, dropped_at = dropped_at - t.passed
      from (select interval '10 minutes' as passed) t
      """;

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private String database = "";
  private List<ChildJvm> processes = List.of();

  @BeforeEach
  void open() {
    database = SERVER.createDatabase();
    dataSource.setUrl(SERVER.jdbcUrl(database));
    PostgresStorage.migrate(dataSource, NAMES);
    byte[] secret = new byte[32];
    processes =
        List.of(
            KeysProcess.launch(SERVER.jdbcUrl(database), secret),
            KeysProcess.launch(SERVER.jdbcUrl(database), secret));
  }

  @AfterEach
  void close() {
    processes.forEach(ChildJvm::close);
    SERVER.dropDatabase(database);
  }

  @Test
  void twoProcessesRotateAtOnceAndOneKeySigns() throws SQLException {
    rotated(3);
  }

  /** Keys are dropped meanwhile. */
  @Test
  @Tag("soak")
  void twoProcessesRotateAtOnceForLongAndOneKeySigns() throws SQLException {
    rotated(200);
  }

  private void rotated(int rounds) throws SQLException {
    // given
    answers("waiting");
    together(KeysProcess.START);
    answers("ready");
    Set<String> signed = new HashSet<>(Set.of(signing()));

    for (int round = 1; round <= rounds; round++) {
      // when
      passTime();
      together(KeysProcess.ROTATE);
      List<String> tokens = answers("issued ");

      // then one key follows the one that signed
      assertThat(states()).containsOnlyOnce(KeyState.ACTIVE, KeyState.NEXT);
      assertThat(signed.add(signing())).as("another key signs in round %d", round).isTrue();

      // and each process accepts what the other one issued
      processes.get(0).send(KeysProcess.VERIFY + " " + tokens.get(1));
      processes.get(1).send(KeysProcess.VERIFY + " " + tokens.get(0));
      assertThat(answers("verdict ")).containsOnly("Valid");
    }
    assertThat(InvariantCheck.on(dataSource).withSchemas(NAMES).run().violations()).isEmpty();
  }

  private void together(String command) {
    long instant = System.currentTimeMillis() + HEADSTART_MILLIS;
    processes.forEach(process -> process.send(command + " " + instant));
  }

  /** What each process says after a word. */
  private List<String> answers(String word) {
    return processes.stream()
        .map(process -> process.awaitLine(line -> line.startsWith(word), LIMIT))
        .map(line -> line.substring(word.length()))
        .toList();
  }

  private void passTime() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(LATER);
    }
  }

  private List<KeyState> states() {
    return keys().stream().map(StoredKey::state).toList();
  }

  private String signing() {
    return keys().stream()
        .filter(key -> key.state() == KeyState.ACTIVE)
        .map(StoredKey::id)
        .findFirst()
        .orElseThrow();
  }

  private List<StoredKey> keys() {
    return PostgresStorage.builder(dataSource).schemas(NAMES).build().signingKeys().read().keys();
  }
}
