package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.testkit.SimulatedCharge;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B09: a fail-over leaves the pool full of sessions that can read and not write. */
class ReadOnlySessionsIT {
  private static final int ORDERS = 6;

  private TestShop shop;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("B09 with HikariCP, orders end although the pool keeps read-only sessions")
  void aHikariPoolIsCleared() {
    try (HikariDataSource pool = TestDatabase.pool(shop.database().url(), 16)) {
      readOnlyAndBack(pool);
    }
  }

  @Test
  @DisplayName("B09 with a pool that knows no SQLSTATE, orders end as well")
  void anyOtherPoolIsCleared() throws Exception {
    try (PlainPool pool = new PlainPool(shop.database().url()).filled(8)) {
      readOnlyAndBack(pool.dataSource());
    }
  }

  private void readOnlyAndBack(DataSource pool) {
    // given: charges are under way
    PostgresStorage storage =
        PostgresStorage.builder(pool).timeout(Duration.ofMillis(1_500)).build();
    TechCorp library =
        shop.closing(
            shop.wired()
                .storage(storage)
                .engine(
                    EngineOptions.DEFAULT
                        .withLease(Duration.ofSeconds(2))
                        .withPlaceTimeout(Duration.ofSeconds(4)))
                .start());
    UUID product = shop.product(library, 100);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    List<OrderReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      receipts.add(library.orders().place(shop.order(product, 1)));
    }
    await().atMost(TestShop.PATIENCE).until(() -> shop.gateway.waiting() == ORDERS);

    // when: the database becomes read-only, and every session is a new one
    readOnly();
    shop.gateway.on().clear();
    shop.gateway.releaseWaiting();
    PlaceOrder during = shop.order(product, 1);
    await()
        .atMost(TestShop.PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> library.orders().place(during))
                    .isInstanceOf(UnavailableException.class));

    // and when: it can be written again, and the pool keeps the sessions that it has
    writableAgain();

    // then: nobody waits for the pool to replace them by itself
    receipts.forEach(
        receipt ->
            assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class));
    await()
        .atMost(TestShop.PATIENCE)
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(
            () ->
                TestShop.outcome(library.orders().place(during)) instanceof OrderOutcome.Confirmed);
    shop.assertSettles();
  }

  private void readOnly() {
    String database = database();
    shop.sql()
        .useHandle(
            h -> {
              h.execute("alter database " + database + " set default_transaction_read_only = on");
              h.execute(
                  "select pg_terminate_backend(pid) from pg_stat_activity"
                      + " where datname = current_database() and pid <> pg_backend_pid()");
            });
  }

  private void writableAgain() {
    String database = database();
    shop.sql()
        .useHandle(
            h -> {
              h.execute("set default_transaction_read_only = off");
              h.execute("alter database " + database + " reset default_transaction_read_only");
            });
  }

  private String database() {
    return shop.sql()
        .withHandle(h -> h.createQuery("select current_database()").mapTo(String.class).one());
  }
}
