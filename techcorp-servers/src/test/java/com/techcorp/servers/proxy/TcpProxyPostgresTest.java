package com.techcorp.servers.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.servers.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a real PostgreSQL: what is done there and not heard of here. */
class TcpProxyPostgresTest {
  private final PostgresServer server = PostgresServer.shared();
  private String direct;
  private String database;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws SQLException {
    database = server.createDatabase();
    direct = server.jdbcUrl(database);
    proxy = TcpProxy.before(server);
    try (Connection connection = DriverManager.getConnection(direct)) {
      execute(connection, "create table t (n int)");
    }
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.dropDatabase(database);
  }

  private Connection throughProxy() throws SQLException {
    return DriverManager.getConnection(proxy.through(direct));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (Connection connection = DriverManager.getConnection(direct);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from t")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aCommitIsDoneAndItsReplyLost() throws SQLException {
    try (Connection connection = throughProxy()) {
      // given
      connection.setAutoCommit(false);
      proxy.loseReplies(TcpProxy.COMMIT, 1);
      execute(connection, "set transaction isolation level read committed");
      execute(connection, "insert into t values (1)");

      // when, then
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
    assertThat(proxy.lost()).isEqualTo(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aCommitBehindManyRowsIsDoneAndItsReplyLost() throws SQLException {
    try (Connection connection = throughProxy()) {
      // given: a reply of many packets, most of them before the commit
      connection.setAutoCommit(false);
      proxy.loseReplies(TcpProxy.COMMIT, 1);

      // when, then
      assertThatThrownBy(
              () ->
                  execute(
                      connection,
                      """
                      insert into t select generate_series(1, 1000);
                      select repeat('x', 1000) from generate_series(1, 5000);
                      commit
                      """))
          .isInstanceOf(SQLException.class);
    }
    assertThat(rows()).isEqualTo(1_000);
  }

  @Test
  void aCommitThatTheServerHasPreparedIsRecognised() throws SQLException {
    try (Connection connection = throughProxy()) {
      connection.setAutoCommit(false);
      String sql = "insert into t values (?); commit";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        // given: from the fifth time on only the names of prepared statements are sent
        for (int i = 0; i < 20; i++) {
          statement.setInt(1, i);
          statement.execute();
        }
        proxy.loseReplies(TcpProxy.COMMIT, TcpProxy.ALWAYS);

        // when, then
        statement.setInt(1, 20);
        assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
      }
    }
    assertThat(rows()).isEqualTo(21);

    // and given
    proxy.restore();
    try (Connection connection = throughProxy()) {
      execute(connection, "begin; insert into t values (1); commit");
    }
    assertThat(rows()).isEqualTo(22);
  }

  @Test
  void aCommitThatFailsIsNotHeardOfEither() throws SQLException {
    try (Connection connection = throughProxy()) {
      // given
      connection.setAutoCommit(false);
      proxy.loseReplies(TcpProxy.COMMIT, 1);

      // when, then
      assertThatThrownBy(() -> execute(connection, "select 1 / 0; commit"))
          .isInstanceOf(SQLException.class)
          .hasMessageNotContaining("zero");
    }
  }

  @Test
  void aCommitWhoseSessionTheServerEndsIsNotCounted() throws SQLException {
    // given
    proxy.loseReplies(TcpProxy.COMMIT, 1);
    try (Connection connection = throughProxy()) {
      assertThatThrownBy(
              () -> execute(connection, "select pg_terminate_backend(pg_backend_pid()); commit"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(proxy.lost()).isZero();

    // when, then: the next one is lost instead
    try (Connection connection = throughProxy()) {
      assertThatThrownBy(() -> execute(connection, "begin; insert into t values (1); commit"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(proxy.lost()).isEqualTo(1);
    assertThat(rows()).isEqualTo(1);
  }
}
