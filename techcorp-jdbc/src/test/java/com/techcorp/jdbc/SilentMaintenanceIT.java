package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.proxy.TcpProxy;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * R14 for what operators run, with pgjdbc's defaults: a migration and the invariant check end when
 * the database falls silent.
 */
@Tag("slow")
class SilentMaintenanceIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int CONNECTIONS = 4;

  private final PostgresServer server = PostgresServer.shared();
  private String database;
  private TcpProxy proxy;
  private PlainPool pool;

  @BeforeEach
  void open() {
    database = server.createDatabase();
    proxy = TcpProxy.before(server);
    pool = new PlainPool(proxy.through(server.jdbcUrl(database)));
  }

  @AfterEach
  void close() throws Exception {
    pool.close();
    proxy.close();
    server.dropDatabase(database);
  }

  @Test
  @DisplayName("R14 a migration on silent connections is given up, and may be repeated")
  void aMigrationIsGivenUpAndMayBeRepeated() throws Exception {
    // given
    pool.filled(CONNECTIONS);
    proxy.silenceOpen();

    // when
    for (int i = 0; i < CONNECTIONS; i++) {
      assertThatThrownBy(
              () -> PostgresStorage.migrate(pool.dataSource(), SchemaNames.DEFAULT, SHORT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("migration");
    }

    // then
    assertThat(pool.all()).hasSize(CONNECTIONS).allMatch(SilentMaintenanceIT::isClosed);

    // and when: new connections work
    PostgresStorage.migrate(pool.dataSource());

    // then: the schema is there, and the connections are as they were opened
    assertThat(InvariantCheck.on(pool.dataSource()).run().isClean()).isTrue();
    assertThat(pool.all()).hasSizeGreaterThan(CONNECTIONS);
    for (Connection connection : pool.all().subList(CONNECTIONS, pool.all().size())) {
      assertThat(connection.getNetworkTimeout()).isZero();
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  @DisplayName("R14 a check on silent connections is given up, and may be repeated")
  void aCheckIsGivenUpAndMayBeRepeated() throws Exception {
    // given
    PostgresStorage.migrate(pool.dataSource());
    int before = pool.all().size();
    proxy.silenceOpen();
    InvariantCheck check = InvariantCheck.on(pool.dataSource()).withTimeout(SHORT);

    // when
    for (int i = 0; i < before; i++) {
      assertThatThrownBy(check::run).isInstanceOf(UnavailableException.class);
    }

    // then
    assertThat(pool.all()).hasSize(before).allMatch(SilentMaintenanceIT::isClosed);
    assertThat(check.withTimeout(TestShop.PATIENCE).run().isClean()).isTrue();
  }

  @Test
  void bothRefuseAConnectionWithAutoCommitOff() throws Exception {
    // given: a data source that is bound to a transaction of the host's
    pool.filled(1);
    Connection host = pool.all().get(0);
    host.setAutoCommit(false);

    // then
    assertThatThrownBy(() -> PostgresStorage.migrate(pool.dataSource()))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("auto-commit off");
    assertThatThrownBy(() -> InvariantCheck.on(pool.dataSource()).run())
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("auto-commit off");
    assertThat(pool.all()).containsExactly(host);
    assertThat(host.getAutoCommit()).isFalse();
    assertThat(host.getNetworkTimeout()).isZero();
  }

  @Test
  void aStricterLimitOfTheHostsStays() throws Exception {
    // given
    pool.filled(CONNECTIONS);
    for (Connection connection : pool.all()) {
      connection.setNetworkTimeout(Runnable::run, 900);
    }
    proxy.silenceOpen();

    // then: with the library's own limit alone this would take ten minutes
    assertThatThrownBy(() -> PostgresStorage.migrate(pool.dataSource()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> InvariantCheck.on(pool.dataSource()).run())
        .isInstanceOf(UnavailableException.class);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }
}
