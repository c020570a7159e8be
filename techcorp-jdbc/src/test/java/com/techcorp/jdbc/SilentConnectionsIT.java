package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.testkit.SimulatedCharge;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * R14: all open connections fall silent, with pgjdbc's defaults (no socketTimeout, no keep-alive);
 * new ones work.
 */
@Tag("slow")
class SilentConnectionsIT {
  private static final int CALLERS = 4;
  private static final int SOME = 20;
  private static final int CONNECTIONS = 16;

  private final List<AutoCloseable> pools = new ArrayList<>();
  private TestShop shop;
  private TcpProxy proxy;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
    proxy = TcpProxy.before(PostgresServer.shared());
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
    for (AutoCloseable pool : pools) {
      pool.close();
    }
    proxy.close();
  }

  @Test
  @DisplayName("R14 with HikariCP, orders go on over new connections")
  void goesOnWithHikari() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    // Opening a connection is the pool's own, and has no limit by default: none is under way here.
    await()
        .atMost(TestShop.PATIENCE)
        .until(() -> pool.getHikariPoolMXBean().getTotalConnections() == CONNECTIONS);
    silent(pool);
  }

  @Test
  @DisplayName("R14 with a pool that tries no connection, orders go on over new ones as well")
  void goesOnWithAnyOtherPool() throws Exception {
    PlainPool pool = new PlainPool(url()).filled(CONNECTIONS);
    pools.add(pool);
    silent(pool.dataSource());
  }

  private String url() {
    return proxy.through(shop.database().url());
  }

  private void silent(DataSource pool) throws Exception {
    // given: orders come all the time, and charges are under way
    PostgresStorage storage =
        PostgresStorage.builder(pool)
            .timeout(Duration.ofMillis(1_500))
            .readTimeout(Duration.ofSeconds(3))
            .build();
    TechCorp library =
        shop.closing(
            shop.wired()
                .storage(storage)
                .engine(EngineOptions.DEFAULT.withLease(Duration.ofSeconds(2)))
                .start());
    UUID product = shop.product(library, 1_000_000);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    List<OrderReceipt> underWay = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      underWay.add(library.orders().place(shop.order(product, 1)));
    }
    await().atMost(TestShop.PATIENCE).until(() -> shop.gateway.waiting() == 3);
    shop.gateway.on().clear();
    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(CompletableFuture.runAsync(() -> order(library, product, stop)));
    }
    await().atMost(TestShop.PATIENCE).until(() -> shop.count("orders.orders") > SOME);

    // when
    long began = System.nanoTime();
    proxy.silenceOpen();
    long before = shop.count("orders.orders");
    shop.gateway.releaseWaiting();

    // then
    await().atMost(TestShop.PATIENCE).until(() -> shop.count("orders.orders") > before + SOME);
    System.out.println(
        "all connections silent: orders again after "
            + Duration.ofNanos(System.nanoTime() - began));
    underWay.forEach(
        receipt ->
            assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class));
    stop.set(true);
    for (CompletableFuture<Void> caller : callers) {
      caller.get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    // A mail that was being sent by then is known to be ambiguous only minutes later.
    TestShop.eventually(() -> assertThat(shop.count("saga.instances")).isZero());
    InvariantReport report =
        InvariantCheck.on(shop.database().pool()).withSlack(Duration.ofMinutes(10)).run();
    assertThat(report.isClean()).as(report::text).isTrue();
  }

  /** As a client does: what failed is asked for again, under the same key. */
  private void order(TechCorp library, UUID product, AtomicBoolean stop) {
    while (!stop.get()) {
      PlaceOrder request = shop.order(product, 1);
      boolean placed = false;
      while (!placed) {
        try {
          library.orders().place(request);
          placed = true;
        } catch (UnavailableException e) {
          placed = false;
        } catch (TechCorpException e) {
          throw new AssertionError("an order failed for another reason", e);
        }
      }
    }
  }
}
