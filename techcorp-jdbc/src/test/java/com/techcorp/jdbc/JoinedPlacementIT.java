package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedCall;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order placed inside the host's own transaction exists if and when that commits. */
class JoinedPlacementIT {
  private static TestShop shop;
  private static TechCorp library;
  private static PostgresStorage storage;
  private static UUID product;
  private Connection host;

  @BeforeAll
  static void start() {
    shop = TestShop.fresh();
    library = shop.start();
    storage = PostgresStorage.on(shop.database().pool());
    product = shop.product(library, 100);
    TestShop.execute(shop.database(), "create table host_notes (note text primary key)");
  }

  @AfterAll
  static void stop() {
    shop.assertSettles();
    shop.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    host = shop.database().pool().getConnection();
    host.setAutoCommit(false);
  }

  @AfterEach
  void end() throws SQLException {
    host.rollback();
    host.close();
  }

  private OrderReceipt placeWithin(PlaceOrder request) {
    return library.orders().placeWithin(storage.within(host), request);
  }

  private void execute(String sql) throws SQLException {
    host.createStatement().execute(sql);
  }

  private String setting(String name) throws SQLException {
    try (ResultSet rows = host.createStatement().executeQuery("show " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void theOrderProceedsWhenTheHostCommits() throws Exception {
    // given
    PlaceOrder request = shop.order(product, 1);

    // when
    execute("insert into host_notes values ('committed')");
    OrderReceipt receipt = placeWithin(request);
    var outcome = receipt.outcome();

    // then: nobody sees it yet
    assertThat(library.orders().find(request.userId(), receipt.orderId())).isEmpty();
    assertThat(outcome).isNotDone();

    // when
    host.commit();

    // then
    assertThat(outcome.get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new OrderOutcome.Confirmed(receipt.orderId()));
    assertThat(shop.count("host_notes where note = 'committed'")).isEqualTo(1);
  }

  @Test
  void aFreeOrderProceedsWithoutTheProvider() throws Exception {
    // given
    int charged = shop.gateway.calls(SimulatedCall.CHARGE);
    PlaceOrder request = shop.order(shop.product(library, 5, 0), 2);

    // when
    OrderReceipt receipt = placeWithin(request);
    host.commit();

    // then
    assertThat(TestShop.outcome(receipt)).isEqualTo(new OrderOutcome.Confirmed(receipt.orderId()));
    assertThat(shop.gateway.calls(SimulatedCall.CHARGE)).isEqualTo(charged);
    assertThat(shop.count("payments.transactions where order_id = '" + receipt.orderId() + "'"))
        .isZero();
  }

  @Test
  void nothingIsLeftWhenTheHostRollsBack() throws Exception {
    // given
    PlaceOrder request = shop.order(product, 1);

    // when
    execute("insert into host_notes values ('rolled back')");
    OrderReceipt receipt = placeWithin(request);
    host.rollback();

    // then
    assertThat(shop.count("orders.orders where id = '" + receipt.orderId() + "'")).isZero();
    assertThat(shop.count("saga.instances where id = '" + receipt.orderId() + "'")).isZero();
    assertThat(shop.count("host_notes where note = 'rolled back'")).isZero();
    assertThat(TestShop.outcome(library.orders().place(request)))
        .as("its key is free again")
        .isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void aRefusalDoesNotSpoilTheHostsTransaction() throws Exception {
    // given
    PlaceOrder request = shop.order(product, 1).withKey("joined");
    OrderReceipt first = library.orders().place(request);

    // when
    execute("insert into host_notes values ('goes on')");
    OrderReceipt again = placeWithin(request);
    assertThatThrownBy(
            () ->
                placeWithin(
                    shop.order(
                            request.userId(),
                            request.shippingAddressId(),
                            new Cart.Item(product, 2))
                        .withKey("joined")))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThatThrownBy(() -> placeWithin(shop.order())).isInstanceOf(InvalidOrderException.class);
    host.commit();

    // then
    assertThat(again.orderId()).isEqualTo(first.orderId());
    assertThat(shop.count("host_notes where note = 'goes on'")).isEqualTo(1);
    assertThat(TestShop.outcome(again)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void theSameKeyTwiceInOneTransactionIsOneOrder() throws Exception {
    // given
    PlaceOrder request = shop.order(product, 1);

    // when
    OrderReceipt first = placeWithin(request);
    OrderReceipt second = placeWithin(request);
    host.commit();

    // then
    assertThat(second.orderId()).isEqualTo(first.orderId());
    assertThat(TestShop.outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void otherGoodsFollowTheConfirmedOrderOfTheirCartUnlessTheHostRollsBack() throws Exception {
    // given
    PlaceOrder request = shop.order(product, 1);
    OrderReceipt first = library.orders().place(request);
    TestShop.outcome(first);
    shop.carts.put(
        new Cart(request.cartId(), request.userId(), List.of(new Cart.Item(product, 2))));

    // when
    placeWithin(request);
    host.rollback();
    OrderReceipt second = placeWithin(request);
    OrderReceipt repeated = placeWithin(request);
    shop.carts.put(
        new Cart(request.cartId(), request.userId(), List.of(new Cart.Item(product, 3))));
    assertThatThrownBy(() -> placeWithin(request))
        .isInstanceOf(IdempotencyConflictException.class)
        .hasMessageContaining(second.orderNumber());
    host.commit();

    // then
    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertThat(repeated.orderId()).isEqualTo(second.orderId());
    assertThat(TestShop.outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop.count("orders.orders")).isEqualTo(2);
  }

  @Test
  void theHostsSettingsStayAsTheyAre() throws Exception {
    // given
    execute("set local statement_timeout = '61s'");
    execute("set local synchronous_commit = off");

    // when
    OrderReceipt receipt = placeWithin(shop.order(product, 1));

    // then
    assertThat(setting("statement_timeout")).isEqualTo("61s");
    assertThat(setting("synchronous_commit")).isEqualTo("off");
    assertThat(setting("enable_seqscan")).isEqualTo("on");
    assertThat(setting("lock_timeout")).isEqualTo("0");
    host.commit();
    TestShop.outcome(receipt);
  }

  @Test
  void theOutcomeCompletesOnAnotherInstance() throws Exception {
    // given
    TechCorp other = shop.start();
    OrderReceipt receipt = placeWithin(shop.order(product, 1));

    // when
    var outcome = other.orders().outcome(receipt.orderId());
    host.commit();

    // then
    assertThat(outcome.get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(OrderOutcome.Confirmed.class);
  }
}
