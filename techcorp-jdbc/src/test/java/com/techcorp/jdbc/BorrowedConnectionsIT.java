package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.proxy.TcpProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the library does to connections that are the host's: nothing that lasts. */
class BorrowedConnectionsIT {
  private final ThreadLocal<Connection> bound = new ThreadLocal<>();
  private TestShop shop;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  /** As a transaction-aware data source does: the thread's own transaction, if it has one. */
  private DataSource transactionAware(DataSource pool) {
    return PlainPool.proxy(
        DataSource.class,
        (method, args) -> {
          Connection mine = bound.get();
          if (!method.getName().equals("getConnection") || mine == null) {
            return PlainPool.call(pool, method, args);
          }
          return PlainPool.proxy(
              Connection.class,
              (call, with) ->
                  call.getName().equals("close") ? null : PlainPool.call(mine, call, with));
        });
  }

  private TechCorp start(DataSource dataSource) {
    // So long that no limit ends a connection of a busy machine.
    PostgresStorage storage =
        PostgresStorage.builder(dataSource)
            .timeout(Duration.ofSeconds(40))
            .readTimeout(Duration.ofSeconds(60))
            .build();
    EngineOptions engine = EngineOptions.DEFAULT.withLease(Duration.ofMinutes(1));
    return shop.closing(shop.wired().storage(storage).engine(engine).start());
  }

  @Test
  @DisplayName("R08 place does not end a transaction of the host's that the data source hands out")
  void refusesAConnectionInTheMiddleOfAHostsTransaction() throws Exception {
    // given
    TestShop.execute(shop.database(), "create table host_ledger (note text)");
    TechCorp library = start(transactionAware(shop.database().pool()));
    UUID product = shop.product(library, 10);
    PlaceOrder request = shop.order(product, 1);
    shop.sql().useHandle(h -> h.execute("select 1")); // the pool is warm

    try (Connection host = shop.database().pool().getConnection()) {
      host.setAutoCommit(false);
      execute(host, "insert into host_ledger values ('goes with the host''s roll-back')");
      bound.set(host);

      // when
      assertThatThrownBy(() -> library.orders().place(request))
          .isInstanceOf(WiringException.class)
          .hasMessageContainingAll("auto-commit off", "placeWithin");

      // then: neither committed nor rolled back nor changed
      bound.remove();
      assertThat(host.getAutoCommit()).isFalse();
      assertThat(host.getNetworkTimeout()).isZero();
      assertThat(TestShop.count(Jdbi.create(() -> unclosed(host)), "host_ledger")).isOne();
      host.rollback();
      host.setAutoCommit(true);
    }
    assertThat(shop.count("host_ledger")).isZero();
    assertThat(shop.count("orders.orders")).isZero();

    // and then: the node has its lease still, and the same request is an order outside
    assertThat(shop.count("saga.nodes")).isOne();
    assertThat(TestShop.outcome(library.orders().place(request)))
        .isInstanceOf(OrderOutcome.Confirmed.class);
  }

  private static Connection unclosed(Connection connection) {
    return PlainPool.proxy(
        Connection.class,
        (call, with) ->
            call.getName().equals("close") ? null : PlainPool.call(connection, call, with));
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void leavesAHostsJoinedConnectionAsItIs() throws Exception {
    // given
    TechCorp library = shop.start();
    UUID product = shop.product(library, 10);
    PostgresStorage storage = PostgresStorage.on(shop.database().pool());

    try (Connection host = shop.database().pool().getConnection()) {
      host.setAutoCommit(false);
      host.setNetworkTimeout(Runnable::run, 77_000);

      // when
      OrderReceipt receipt =
          library.orders().placeWithin(storage.within(host), shop.order(product, 1));

      // then
      assertThat(host.getNetworkTimeout()).isEqualTo(77_000);
      assertThat(host.getAutoCommit()).isFalse();
      host.commit();
      host.setAutoCommit(true);
      assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    }
  }

  @Test
  void givesConnectionsBackAsTheyCame() throws Exception {
    // given: a host with time-outs of its own, one longer and one stricter than the library's
    try (PlainPool pool = new PlainPool(shop.database().url()).filled(2)) {
      pool.all().get(0).setNetworkTimeout(Runnable::run, 77_000);
      pool.all().get(1).setNetworkTimeout(Runnable::run, 30_000);

      // when
      TechCorp library = start(pool.dataSource());
      UUID product = shop.product(library, 10);
      assertThat(TestShop.outcome(library.orders().place(shop.order(product, 1))))
          .isInstanceOf(OrderOutcome.Confirmed.class);
      library.close();

      // then
      assertThat(pool.all().get(0).getNetworkTimeout()).isEqualTo(77_000);
      assertThat(pool.all().get(1).getNetworkTimeout()).isEqualTo(30_000);
      for (Connection connection : pool.all().subList(2, pool.all().size())) {
        assertThat(connection.getNetworkTimeout()).isZero();
      }
      for (Connection connection : pool.all()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
  }

  @Test
  void aLimitForSilenceCostsNoRoundTrip() throws Exception {
    // given: a connection on which nothing gets through
    try (TcpProxy proxy = TcpProxy.before(PostgresServer.shared());
        PlainPool pool = new PlainPool(proxy.through(shop.database().url())).filled(1)) {
      proxy.silenceOpen();

      // when it is borrowed and given back: this would never end if anything were asked
      try (Connections.Lent lent =
          new Connections(pool.dataSource()).open(Duration.ofSeconds(30))) {
        // then
        assertThat(lent.connection().getNetworkTimeout()).isEqualTo(30_000);
      }
      assertThat(pool.all()).hasSize(1);
      assertThat(pool.all().get(0).getNetworkTimeout()).isZero();
    }
  }
}
