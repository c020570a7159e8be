package com.techcorp.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.WiringException;
import com.techcorp.servers.process.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static PostgresServer server;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void writesDurablyWithTheDefaultSettings() throws SQLException {
    assertThat(query(server, "postgres", "SHOW fsync")).isEqualTo("on");
    assertThat(query(server, "postgres", "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(query(server, "postgres", "SHOW full_page_writes")).isEqualTo("on");
    assertThat(query(server, "postgres", "SHOW max_connections")).isEqualTo("200");
    assertThat(query(server, "postgres", "SHOW shared_buffers")).isEqualTo("128MB");
    assertThat(server.version()).matches("\\d+(\\.\\d+)*.*");
  }

  @Test
  void refusesASettingThatTheStarterDecides() {
    PostgresOptions options = PostgresOptions.DEFAULT;

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> options.withSetting("FSYNC", "off"))
        .withMessageContaining("fsync");
  }

  @Test
  void copiesATemplateDatabaseAndDropsTheCopy() throws SQLException {
    // given
    String template = server.createDatabase();
    execute(server, template, "CREATE TABLE migrated (version int)");

    // when
    String copy = server.createDatabase(template);
    execute(server, copy, "INSERT INTO migrated VALUES (1)");

    // then
    assertThat(query(server, copy, "SELECT count(*) FROM migrated")).isEqualTo("1");
    assertThat(query(server, template, "SELECT count(*) FROM migrated")).isEqualTo("0");

    // when
    server.dropDatabase(copy);
    server.dropDatabase(copy);

    // then
    assertThat(query(server, "postgres", countOf(copy))).isEqualTo("0");
  }

  @Test
  void dropsADatabaseThatIsInUse() throws SQLException {
    // given
    String database = server.createDatabase();
    try (Connection user = connect(server, database)) {
      // when
      server.dropDatabase(database);

      // then
      assertThat(query(server, "postgres", countOf(database))).isEqualTo("0");
      assertThat(user.isValid(1)).isFalse();
    }
  }

  @Test
  void readsTheLogSinceAPosition() throws SQLException {
    // given
    assertThatThrownBy(() -> query(server, "postgres", "SELECT before_position"));
    long position = server.logPosition();

    // when
    assertThatThrownBy(() -> query(server, "postgres", "SELECT after_position"));

    // then
    await().atMost(LIMIT).until(() -> server.logSince(position).contains("after_position"));
    assertThat(server.logSince(position)).doesNotContain("before_position");
    assertThat(server.log()).contains("before_position", "after_position");
  }

  @Test
  void sharesOneServerThatNobodyMayStop() throws SQLException {
    PostgresServer shared = PostgresServer.shared();

    assertThat(PostgresServer.shared()).isSameAs(shared);
    assertThat(query(shared, shared.createDatabase(), "SELECT 1")).isEqualTo("1");
    assertThatIllegalStateException().isThrownBy(shared::kill);
    assertThatIllegalStateException().isThrownBy(shared::close);
  }

  @Nested
  class ServerInADirectoryThatIsKept {
    @TempDir Path directory;

    @Test
    void keepsWhatWasCommittedWhenKilled() throws SQLException {
      try (PostgresServer own = PostgresServer.start(options())) {
        // given
        execute(own, "postgres", "CREATE TABLE kept AS SELECT 42 AS answer");
        long firstPid = own.pid();
        try (Connection session = connect(own, "postgres")) {
          // when
          own.kill();

          // then
          assertThat(session.isValid(1)).isFalse();
          assertThatThrownBy(() -> connect(own, "postgres")).isInstanceOf(SQLException.class);
        }

        // when
        own.restart();

        // then
        assertThat(own.pid()).isNotEqualTo(firstPid);
        assertThat(query(own, "postgres", "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(own.log()).contains("database system was not properly shut down");
      }
    }

    @Test
    void findsItsDataAgainAfterClose() throws SQLException {
      // given
      try (PostgresServer first = PostgresServer.start(options())) {
        execute(first, "postgres", "CREATE TABLE kept AS SELECT 42 AS answer");
      }

      // when
      try (PostgresServer second = PostgresServer.start(options())) {
        // then
        assertThat(query(second, "postgres", "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(query(second, "postgres", "SHOW deadlock_timeout")).isEqualTo("50ms");
      }
    }

    @Test
    void saysWhyItDoesNotStart() {
      PostgresOptions options = options().withSetting("no_such_setting", "1");

      assertThatIllegalStateException()
          .isThrownBy(() -> PostgresServer.start(options))
          .withMessageContaining("no_such_setting");
    }

    private PostgresOptions options() {
      return PostgresOptions.DEFAULT
          .withDirectory(directory)
          .withSetting("deadlock_timeout", "50ms");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void letsConnectionsHangWhileItIsFrozen() throws SQLException {
    try (PostgresServer own = PostgresServer.start()) {
      // given
      own.pause();

      // when
      String impatient = own.jdbcUrl("postgres") + "&loginTimeout=1";

      // then
      assertThatThrownBy(() -> DriverManager.getConnection(impatient))
          .isInstanceOf(SQLException.class);

      // when
      own.resume();

      // then
      assertThat(query(own, "postgres", "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void closesWhileItIsFrozen() {
    // given
    PostgresServer own = PostgresServer.start();
    ProcessHandle postmaster = ProcessHandle.of(own.pid()).orElseThrow();
    own.pause();

    // when
    own.close();
    own.close();

    // then
    assertThat(postmaster.isAlive()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWithAJvmThatIsKilledEvenWhenFrozen() {
    try (ChildJvm child = ChildJvm.of(ServerOwner.class).start()) {
      // given
      String pid = child.awaitLine("postmaster=", Duration.ofSeconds(60)).split("=", 2)[1];
      ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

      // when
      child.kill();

      // then
      await().atMost(LIMIT).until(() -> !postmaster.isAlive());
    }
  }

  private static String countOf(String database) {
    return "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'";
  }

  private static Connection connect(PostgresServer server, String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database));
  }

  private static void execute(PostgresServer server, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  /** A JVM that owns a frozen server. */
  static final class ServerOwner {
    public static void main(String[] args) throws InterruptedException {
      ChildJvm.haltWithParent();
      PostgresServer owned = PostgresServer.start();
      owned.pause();
      System.out.println("postmaster=" + owned.pid());
      Thread.currentThread().join();
    }
  }
}
