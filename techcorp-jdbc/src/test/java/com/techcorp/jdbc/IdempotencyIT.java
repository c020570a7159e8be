package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.order.CancelReason;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same key of the same caller gives the same order, whoever asks, and however often. */
class IdempotencyIT {
  private static final int THREADS = 64;

  private static PostgresServer server;
  private static TestShop shop;
  private static TechCorp library;
  private static UUID product;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
    shop = TestShop.over(TestDatabase.on(server), SimulatedGateway.approving());
    library = shop.start();
    product = shop.product(library, 1_000);
  }

  @AfterAll
  static void stop() {
    shop.close();
    server.close();
  }

  @Test
  void manyThreadsOfTwoProcessesGetOneOrder() throws Exception {
    // given: both processes stand at the gate
    PlaceOrder request = shop.order(product, 1).withKey("one of many");
    Set<String> orders = new TreeSet<>();
    try (Connection gate = shop.database().pool().getConnection();
        ChildJvm child =
            ShopProcess.start(
                shop.database(), product, ShopProcess.Provider.APPROVES, THREADS, request)) {
      gate.createStatement().execute("select pg_advisory_lock(" + ShopProcess.GATE + ")");
      child.awaitLine("ready", TestShop.PATIENCE);

      // when
      gate.createStatement().execute("select pg_advisory_unlock(" + ShopProcess.GATE + ")");
      for (OrderReceipt receipt : together(request)) {
        orders.add("order " + receipt.orderId());
      }
      for (int i = 0; i < THREADS; i++) {
        orders.add(child.awaitLine("order ", Duration.ofSeconds(30)));
      }
      shop.assertSettles();
    }

    // then
    assertThat(orders).hasSize(1);
    assertThat(shop.count("orders.orders where user_id = '" + request.userId() + "'")).isEqualTo(1);
    assertThat(server.log()).doesNotContainIgnoringCase("deadlock detected");
  }

  @Test
  void manyThreadsWithOneCartGetOneOrder() throws Exception {
    PlaceOrder request = shop.order(product, 1);
    assertThat(together(request)).extracting(OrderReceipt::orderId).containsOnly(first(request));
  }

  @Test
  void theSameKeyWithAnotherBodyIsAConflict() {
    // given
    PlaceOrder request = shop.order(product, 1).withKey("another body");
    library.orders().place(request);
    UUID address = UUID.randomUUID();
    shop.customers.put(shop.customers.findCustomer(request.userId()).orElseThrow(), address);
    PlaceOrder otherCart = shop.order(request.userId(), request.shippingAddressId(), item(2));

    // when, then
    List<PlaceOrder> others =
        List.of(
            withCard(request, "tok_other"),
            otherCart.withKey("another body"),
            new PlaceOrder(
                request.userId(), request.cartId(), address, request.payment(), "another body"));
    assertThat(others)
        .allSatisfy(
            other ->
                assertThatThrownBy(() -> library.orders().place(other))
                    .isInstanceOf(IdempotencyConflictException.class)
                    .hasMessageNotContaining("tok_"));
    assertThat(shop.count("orders.orders where user_id = '" + request.userId() + "'")).isEqualTo(1);
  }

  @Test
  void anotherCallersEqualKeyIsAnotherKey() {
    // given
    PlaceOrder mine = shop.order(product, 1).withKey("42");
    PlaceOrder theirs = shop.order(product, 2).withKey("42");

    // when
    OrderReceipt first = library.orders().place(mine);
    OrderReceipt second = library.orders().place(theirs);

    // then
    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertThat(library.orders().find(theirs.userId(), second.orderId())).isPresent();
    assertThat(library.orders().find(theirs.userId(), first.orderId())).isEmpty();
  }

  @Test
  void aRepeatGetsItsOrderAlthoughTheCartIsGone() {
    PlaceOrder request = shop.order(product, 1);
    UUID order = first(request);
    shop.carts.put(new Cart(request.cartId(), request.userId(), List.of()));
    assertThat(first(request)).isEqualTo(order);
  }

  @Test
  @Tag("T04")
  @DisplayName("T04 a declined cart can be ordered again with another card")
  void aDeclinedCartCanBeOrderedAgain() {
    // given
    PlaceOrder request = withCard(shop.order(product, 1), "tok_empty");
    shop.gateway.on().card(new CardToken("tok_empty"), SimulatedCharge.decline("no_funds"));
    OrderReceipt declined = library.orders().place(request);
    assertThat(TestShop.outcome(declined))
        .isEqualTo(
            new OrderOutcome.Cancelled(declined.orderId(), new CancelReason.Declined("no_funds")));

    // when
    OrderReceipt second = library.orders().place(withCard(request, "tok_full"));

    // then
    assertThat(second.orderId()).isNotEqualTo(declined.orderId());
    assertThat(TestShop.outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void aDeclinedOrderKeepsItsExplicitKey() {
    // given
    PlaceOrder request = withCard(shop.order(product, 1), "tok_poor").withKey("kept");
    shop.gateway.on().card(new CardToken("tok_poor"), SimulatedCharge.decline("no_funds"));
    OrderReceipt declined = library.orders().place(request);
    TestShop.outcome(declined);

    // when, then
    assertThat(first(request)).isEqualTo(declined.orderId());
    assertThatThrownBy(() -> library.orders().place(withCard(request, "tok_rich")))
        .isInstanceOf(IdempotencyConflictException.class);
  }

  private static UUID first(PlaceOrder request) {
    return library.orders().place(request).orderId();
  }

  private static Cart.Item item(long quantity) {
    return new Cart.Item(product, quantity);
  }

  private static PlaceOrder withCard(PlaceOrder request, String token) {
    return new PlaceOrder(
        request.userId(),
        request.cartId(),
        request.shippingAddressId(),
        new PlaceOrder.Payment("credit_card", new CardToken(token)),
        request.idempotencyKey());
  }

  private static List<OrderReceipt> together(PlaceOrder request) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<OrderReceipt>> placed = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        placed.add(clients.submit(() -> library.orders().place(request)));
      }
      List<OrderReceipt> receipts = new ArrayList<>();
      for (Future<OrderReceipt> receipt : placed) {
        receipts.add(receipt.get());
      }
      return receipts;
    } finally {
      clients.shutdown();
    }
  }
}
