package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** I8: a request that is repeated gives the order that it gave before. */
public abstract class OrderIdempotencyContract extends OrderScenario {
  /** For subclasses. */
  protected OrderIdempotencyContract() {}

  @Test
  void theSameCartGivesTheSameOrder() {
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2);

    OrderReceipt first = place(request);
    OrderReceipt whileRunning = place(request);
    outcome(first);
    OrderReceipt afterwards = place(request);

    assertThat(whileRunning.orderId()).isEqualTo(first.orderId());
    assertThat(afterwards.orderId()).isEqualTo(first.orderId());
    assertThat(afterwards.orderNumber()).isEqualTo(first.orderNumber());
    assertThat(outcome(afterwards)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertStock(product, 3, 0);
    assertThat(gateway.money().charges()).isEqualTo(1);
  }

  @Test
  void requestsThatRaceGiveOneOrder() throws Exception {
    UUID product = stocked(50);
    PlaceOrder request = request(product, 2);

    List<OrderReceipt> receipts = Threads.together(8, i -> () -> shop().orders().place(request));

    assertThat(receipts).extracting(OrderReceipt::orderId).containsOnly(receipts.get(0).orderId());
    remember(receipts.get(0).orderId());
    outcome(receipts.get(0));
    assertThat(shop().orders().list(customer, 10)).hasSize(1);
    assertStock(product, 48, 0);
  }

  @Test
  void aRepeatGetsItsOrderAlthoughTheCartIsGone() {
    PlaceOrder request = request(stocked(5), 2);
    OrderReceipt first = place(request);
    outcome(first);

    carts.put(new Cart(request.cartId(), customer, List.of()));
    OrderReceipt emptied = place(request);
    carts.remove(request.cartId());
    OrderReceipt gone = place(request);

    assertThat(emptied.orderId()).isEqualTo(first.orderId());
    assertThat(gone.orderId()).isEqualTo(first.orderId());
  }

  @Test
  void theSameCartWithAnotherCardConflictsWhileItsOrderLives() {
    PlaceOrder request = request(stocked(5), 2);
    outcome(place(request));

    assertThatThrownBy(() -> place(withCard(request, "tok_other")))
        .isInstanceOf(IdempotencyConflictException.class);

    assertThat(shop().orders().list(customer, 10)).hasSize(1);
  }

  @Test
  void anExplicitKeyGivesTheSameOrder() {
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2).withKey("checkout-1");

    OrderReceipt first = place(request);
    outcome(first);

    assertThat(place(request).orderId()).isEqualTo(first.orderId());
    assertStock(product, 3, 0);
  }

  @Test
  void anExplicitKeyWithAnotherBodyConflicts() {
    UUID product = stocked(5);
    outcome(place(request(product, 2).withKey("checkout-1")));

    assertThatThrownBy(() -> place(request(product, 2).withKey("checkout-1")))
        .isInstanceOf(IdempotencyConflictException.class);

    assertStock(product, 3, 0);
  }

  @Test
  void anotherCallersEqualKeyIsAnotherKey() {
    UUID product = stocked(5);
    OrderReceipt mine = place(request(product, 2).withKey("checkout-1"));
    UUID bob = newId();
    UUID bobsAddress = newId();
    UUID bobsCart = newId();
    customers.put(new Customer(bob, "bob@example.com", "Bob", "en"), bobsAddress);
    carts.put(bobsCart, bob, product, 1);

    OrderReceipt bobs =
        place(PlaceOrder.of(bob, bobsCart, bobsAddress, "credit_card", CARD).withKey("checkout-1"));

    assertThat(bobs.orderId()).isNotEqualTo(mine.orderId());
    assertThat(outcome(mine)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(outcome(bobs)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertStock(product, 2, 0);
  }

  @Test
  void anExplicitKeyIsNotFreedByACancelledOrder() {
    PlaceOrder request = request(stocked(5), 2).withKey("checkout-1");
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    OrderReceipt declined = place(request);
    outcome(declined);

    OrderReceipt again = place(request);

    assertThat(again.orderId()).isEqualTo(declined.orderId());
    assertThat(outcome(again)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertThatThrownBy(() -> place(withCard(request, "tok_other").withKey("checkout-1")))
        .isInstanceOf(IdempotencyConflictException.class);
  }

  @Test
  void anExplicitKeyIsNotFreedByACallersCancellation() {
    PlaceOrder request = request(stocked(5), 2).withKey("checkout-1");
    OrderReceipt first = place(request);
    outcome(first);
    shop().orders().cancel(customer, first.orderId(), "changed my mind");

    OrderReceipt again = place(request);

    assertThat(again.orderId()).isEqualTo(first.orderId());
    assertThat(outcome(again)).isInstanceOf(OrderOutcome.Cancelled.class);
  }

  @Test
  @Tag("T22")
  @DisplayName("T22: a key whose order ended long ago gives that order, and no other's result")
  void aKeyIsNotFreedByTheEndOfItsOrder() {
    // given
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2).withKey("monday");
    UUID id = place(request).orderId();
    outcome(id);
    shop().orders().cancel(customer, id, "changed my mind");
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    eventually(() -> assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty());
    clock().advance(Duration.ofDays(7));

    // when
    UUID again = shop().orders().place(request).orderId();

    // then
    assertThat(again).isEqualTo(id);
    assertThat(outcome(again)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertStock(product, 5, 0);
  }

  @Test
  @Tag("T22")
  @DisplayName("T22: a cart that was cancelled and is ordered anew has an outcome of its own")
  void aFreedCartHasANewOutcome() {
    // given
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2);
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID first = place(request).orderId();
    assertThat(outcome(first)).isInstanceOf(OrderOutcome.Cancelled.class);

    // when
    gateway.on().every(SimulatedCharge.approve());
    UUID second = place(request).orderId();

    // then
    assertThat(second).isNotEqualTo(first);
    assertThat(outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(outcome(first)).isInstanceOf(OrderOutcome.Cancelled.class);
  }
}
