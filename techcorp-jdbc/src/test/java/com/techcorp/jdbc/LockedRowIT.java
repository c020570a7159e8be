package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.StockLevel;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.testkit.SimulatedCharge;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R19: the host keeps one stock row locked, as a stock-take in an open transaction does. */
@Tag("R19")
class LockedRowIT {
  private TestShop shop;
  private TechCorp library;

  @BeforeEach
  void start() {
    shop = TestShop.fresh();
    library = shop.start();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  /** The host's transaction, until it is closed. */
  private final class Lock implements AutoCloseable {
    private final Connection connection;

    Lock(String table, String column, UUID id) throws SQLException {
      connection = shop.database().pool().getConnection();
      connection.setAutoCommit(false);
      String sql = "select 1 from " + table + " where " + column + " = ? for update";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setObject(1, id);
        assertThat(statement.executeQuery().next()).as("a row to lock").isTrue();
      }
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.setAutoCommit(true);
      connection.close();
    }
  }

  private Lock stockOf(UUID product) throws SQLException {
    return new Lock("inventory.stock", "product_id", product);
  }

  private long nodes() {
    return shop.sql()
        .withHandle(
            handle -> handle.createQuery("select max(id) from saga.nodes").mapTo(Long.class).one());
  }

  /** An order whose charge the provider answers when the test releases it. */
  private OrderReceipt atTheProvider(UUID product, SimulatedCharge charge) {
    shop.gateway.on().call(1, charge.untilReleased());
    OrderReceipt receipt = library.orders().place(shop.order(product, 1));
    TestShop.eventually(() -> assertThat(shop.gateway.waiting()).isOne());
    return receipt;
  }

  @Test
  @DisplayName(
      "orders for other products are confirmed, those for it are Unavailable, the lease stays")
  void costsOnlyItsOwnProduct() throws Exception {
    // given
    UUID locked = shop.product(library, 10);
    UUID other = shop.product(library, 100);
    long node = nodes();
    List<OrderReceipt> others = new ArrayList<>();
    List<CompletableFuture<OrderReceipt>> waiting = new ArrayList<>();

    // when
    Lock held = stockOf(locked);
    try (held) {
      for (int i = 0; i < 20; i++) {
        waiting.add(library.orders().placeAsync(shop.order(locked, 1)));
        others.add(library.orders().place(shop.order(other, 1)));
      }

      // then
      assertThat(others)
          .allSatisfy(
              receipt ->
                  assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class));
      assertThat(waiting)
          .allSatisfy(
              placed ->
                  assertThatExceptionOfType(CompletionException.class)
                      .isThrownBy(placed::join)
                      .withCauseInstanceOf(UnavailableException.class)
                      .withMessageContaining(locked.toString()));
      assertThat(shop.count("orders.orders")).isEqualTo(others.size());
    }
    assertThat(nodes()).as("no lease was given up").isEqualTo(node);
    OrderReceipt again = library.orders().place(shop.order(locked, 1));
    assertThat(TestShop.outcome(again)).isInstanceOf(OrderOutcome.Confirmed.class);
    shop.assertSettles();
    assertThat(library.inventory().levels(List.of(locked, other)))
        .containsEntry(locked, new StockLevel(locked, 9, 0))
        .containsEntry(other, new StockLevel(other, 80, 0));
  }

  @Test
  @DisplayName("who wants it for a moment only waits, and gets it")
  void aMomentIsWaitedFor() throws Exception {
    // given
    UUID product = shop.product(library, 1);
    CompletableFuture<OrderReceipt> placed;

    // when
    Lock held = stockOf(product);
    try (held) {
      placed = CompletableFuture.supplyAsync(() -> library.orders().place(shop.order(product, 1)));
      TestShop.eventually(
          () ->
              assertThat(shop.count("pg_stat_activity where wait_event_type = 'Lock'"))
                  .isPositive());
    }

    // then
    assertThat(TestShop.outcome(placed.join())).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @DisplayName("a paid order waits in the journal, unowned, and is confirmed when the row is free")
  void aPaidOrderWaitsForIt() throws Exception {
    // given
    UUID locked = shop.product(library, 10);
    UUID other = shop.product(library, 10);
    long node = nodes();
    OrderReceipt receipt = atTheProvider(locked, SimulatedCharge.approve());

    // when
    Lock held = stockOf(locked);
    try (held) {
      shop.gateway.releaseWaiting();
      TestShop.eventually(
          () ->
              assertThat(
                      shop.count(
                          "saga.instances where owner is null and next_run_at is not null"
                              + " and undecided and last_error like '%locked%'"))
                  .isOne());

      // then
      assertThat(TestShop.outcome(library.orders().place(shop.order(other, 1))))
          .isInstanceOf(OrderOutcome.Confirmed.class);
      assertThat(receipt.outcome()).isNotDone();
    }
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(nodes()).as("no lease was given up").isEqualTo(node);
    shop.assertSettles();
    assertThat(shop.gateway.money().charges()).isEqualTo(2);
  }

  @Test
  @DisplayName("a declined order gives its hold back when the row is free")
  void aDeclinedOrderGivesBackLater() throws Exception {
    // given
    UUID locked = shop.product(library, 10);
    OrderReceipt receipt = atTheProvider(locked, SimulatedCharge.decline("no funds"));

    // when
    Lock held = stockOf(locked);
    try (held) {
      shop.gateway.releaseWaiting();
      TestShop.eventually(
          () -> assertThat(shop.count("saga.instances where owner is null and undecided")).isOne());
    }

    // then
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Cancelled.class);
    shop.assertSettles();
    assertThat(library.inventory().levels(List.of(locked)))
        .containsEntry(locked, new StockLevel(locked, 10, 0));
  }

  @Test
  @DisplayName("a command that needs it is Unavailable and changes nothing")
  void aCommandIsUnavailable() throws Exception {
    // given
    UUID locked = shop.product(library, 10);
    OrderReceipt receipt = library.orders().place(shop.order(locked, 1));
    TestShop.outcome(receipt);
    UUID caller = library.orders().history(receipt.orderId()).replay().userId();

    // when, then
    Lock held = stockOf(locked);
    try (held) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> library.orders().cancel(caller, receipt.orderId(), "changed my mind"));
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> library.inventory().restock(locked, 1));
    }
    library.orders().cancel(caller, receipt.orderId(), "changed my mind");
    shop.assertSettles();
  }

  @Test
  @DisplayName("a locked order row costs that order alone")
  void aLockedOrderCostsItself() throws Exception {
    // given
    UUID product = shop.product(library, 100);
    long node = nodes();
    OrderReceipt receipt = atTheProvider(product, SimulatedCharge.approve());

    // when
    Lock held = new Lock("orders.orders", "id", receipt.orderId());
    try (held) {
      shop.gateway.releaseWaiting();
      TestShop.eventually(
          () ->
              assertThat(
                      shop.count(
                          "saga.instances where owner is null and last_error like '%locked%'"))
                  .isOne());
      List<OrderReceipt> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        others.add(library.orders().place(shop.order(product, 1)));
      }

      // then
      assertThat(others)
          .allSatisfy(
              other ->
                  assertThat(TestShop.outcome(other)).isInstanceOf(OrderOutcome.Confirmed.class));
    }
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(nodes()).as("no lease was given up").isEqualTo(node);
    shop.assertSettles();
  }
}
