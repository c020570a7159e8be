package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.catalog.Product;
import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.Cart;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An order's way to its confirmation, and what business may refuse on it. */
public abstract class OrderSagaContract extends OrderScenario {
  /** For subclasses. */
  protected OrderSagaContract() {}

  @Test
  void anOrderIsReservedPaidConfirmedAndTold() {
    UUID product = stocked(10);

    OrderReceipt receipt = place(product, 2);

    UUID id = receipt.orderId();
    assertThat(outcome(receipt)).isEqualTo(new OrderOutcome.Confirmed(id));
    assertHistory(id, OrderEventType.CREATED, OrderEventType.PAID, OrderEventType.CONFIRMED);
    assertReserved(id, ReservationStatus.CONFIRMED);
    assertStock(product, 8, 0);
    assertPublished(id, "payment.confirmed", "order.confirmed");
    eventually(
        () ->
            assertThat(shop().notifier().deliveries(id))
                .extracting(Delivery::status)
                .containsExactly(DeliveryStatus.ACCEPTED));
  }

  @Test
  void theRowOfAConfirmedOrderTellsAllOfIt() {
    UUID product = stocked(10);
    PlaceOrder request = request(product, 2);

    OrderReceipt receipt = place(request);

    outcome(receipt);
    Order order = order(receipt.orderId());
    assertThat(order.orderNumber()).matches("TC-2024-\\d{6,}").isEqualTo(receipt.orderNumber());
    assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(order.amount()).isEqualTo(2 * PRICE);
    assertThat(order.currency()).isEqualTo("BRL");
    assertThat(order.lines()).containsExactly(new OrderLine(product, 2, PRICE));
    assertThat(order.cartId()).isEqualTo(request.cartId());
    assertThat(order.shippingAddressId()).isEqualTo(address);
    assertThat(order.cancelReason()).isNull();
    assertThat(order.refundStatus()).isNull();
  }

  @Test
  void theLedgerAndTheProviderAgreeOnTheMoney() {
    UUID id = confirmed(stocked(10), 3);

    Transaction charge = payment(id);
    assertThat(charge.status()).isEqualTo(TransactionStatus.APPROVED);
    assertThat(charge.amount()).isEqualTo(3 * PRICE);
    assertThat(charge.currency()).isEqualTo("BRL");
    assertThat(charge.method()).isEqualTo("credit_card");
    assertThat(charge.providerRef()).startsWith("ch_");
    assertThat(gateway.money(id).charged()).isEqualTo(3 * PRICE);
    assertThat(gateway.calls(SimulatedCall.CHARGE, charge.id().toString())).isEqualTo(1);
  }

  @Test
  @Tag("T09")
  @DisplayName("T09: what must survive a crash is committed before the provider is called")
  void theProviderIsCalledAfterTheFirstCommit() {
    UUID product = stocked(5);

    UUID id = paying(SimulatedCharge.approve(), product, 2);

    assertThat(order(id).status()).isEqualTo(OrderStatus.CREATED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.PENDING);
    assertReserved(id, ReservationStatus.PENDING);
    assertThat(reservations(id).get(0).expiresAt())
        .isEqualTo(reservations(id).get(0).createdAt().plus(HOLD));
    assertStock(product, 3, 2);
    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void aDeclinedCardGivesTheStockBack() {
    UUID product = stocked(5);
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));

    OrderReceipt receipt = place(product, 2);

    UUID id = receipt.orderId();
    assertThat(outcome(receipt))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Declined("insufficient_funds")));
    assertThat(order(id).cancelReason()).isEqualTo("DECLINED");
    assertThat(order(id).cancelDetail()).isEqualTo("insufficient_funds");
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.DECLINED);
    assertThat(payment(id).declineCode()).isEqualTo("insufficient_funds");
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
    assertPublished(id, "order.cancelled");
  }

  @Test
  void aDeclinedCartCanBeOrderedAgainWithAnotherCard() {
    PlaceOrder request = request(stocked(2), 2);
    gateway.on().card(new CardToken("tok_empty"), SimulatedCharge.decline("insufficient_funds"));
    OrderReceipt declined = place(withCard(request, "tok_empty"));
    outcome(declined);

    OrderReceipt second = place(request);

    assertThat(second.orderId()).isNotEqualTo(declined.orderId());
    assertThat(outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void outOfStockNamesTheProductAndChargesNothing() {
    UUID enough = stocked(5);
    UUID scarce = stocked(1);

    OrderReceipt receipt = place(request(new Cart.Item(enough, 2), new Cart.Item(scarce, 2)));

    UUID id = receipt.orderId();
    assertThat(outcome(receipt))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.OutOfStock(scarce)));
    assertThat(order(id).cancelReason()).isEqualTo("OUT_OF_STOCK");
    assertThat(order(id).cancelDetail()).isEqualTo(scarce.toString());
    assertThat(reservations(id)).isEmpty();
    assertStock(enough, 5, 0);
    assertStock(scarce, 1, 0);
    assertThat(storage().payments().ofOrder(id)).isEmpty();
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isZero();
    assertPublished(id, "order.cancelled");
  }

  @Test
  void whatWasNeverStockedIsOutOfStock() {
    UUID unknown = newId();
    catalog.put(new Product(unknown, "Announced", PRICE, "BRL", 1));

    OrderReceipt receipt = place(unknown, 1);

    assertThat(outcome(receipt))
        .isEqualTo(
            new OrderOutcome.Cancelled(receipt.orderId(), new CancelReason.OutOfStock(unknown)));
  }

  @Test
  @Tag("T02")
  @DisplayName("T02: two lines of one product are summed before they are checked")
  void twoLinesOfOneProductAreSummed() {
    UUID product = stocked(5);

    OrderReceipt tooMany = place(request(new Cart.Item(product, 3), new Cart.Item(product, 3)));
    OrderReceipt enough = place(request(new Cart.Item(product, 3), new Cart.Item(product, 2)));

    assertThat(outcome(tooMany))
        .isEqualTo(
            new OrderOutcome.Cancelled(tooMany.orderId(), new CancelReason.OutOfStock(product)));
    assertThat(outcome(enough)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(order(enough.orderId()).lines()).containsExactly(new OrderLine(product, 5, PRICE));
    assertStock(product, 0, 0);
  }

  @Test
  @Tag("T01")
  @DisplayName("T01: of many who want the last units, as many get them as there are")
  void theLastUnitsAreNotSoldTwice() throws Exception {
    UUID product = stocked(3);
    List<PlaceOrder> requests =
        java.util.stream.Stream.generate(() -> request(product, 1)).limit(8).toList();

    List<OrderReceipt> receipts =
        Threads.together(8, i -> () -> shop().orders().place(requests.get(i)));

    assertThat(receipts.stream().map(this::outcome))
        .filteredOn(OrderOutcome.Confirmed.class::isInstance)
        .hasSize(3);
    receipts.forEach(receipt -> remember(receipt.orderId()));
    assertStock(product, 0, 0);
  }

  @Test
  void whoDoesNotWaitGetsTheSameOrderForTheSameKey() {
    UUID product = stocked(10);
    PlaceOrder request = request(product, 2);

    OrderReceipt first = shop().orders().placeAsync(request).join();
    OrderReceipt second = shop().orders().placeAsync(request).join();

    remember(first.orderId());
    assertThat(second.orderId()).isEqualTo(first.orderId());
    assertThat(outcome(second)).isEqualTo(new OrderOutcome.Confirmed(first.orderId()));
    assertStock(product, 8, 0);
  }

  @Test
  void whoDoesNotWaitIsToldOfRefusalsByTheFuture() {
    PlaceOrder placed = request(stocked(5), 1);
    outcome(place(placed));

    assertThatThrownBy(() -> shop().orders().placeAsync(withCard(placed, "tok_other")).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IdempotencyConflictException.class);
    assertThatThrownBy(() -> shop().orders().placeAsync(request()).join())
        .hasCauseInstanceOf(InvalidOrderException.class);
  }

  @Test
  void whatCannotBeOrderedIsRefusedByFieldAndNothingIsWritten() {
    UUID product = stocked(5);
    UUID dollars = newId();
    catalog.put(new Product(dollars, "Imported", 100, "USD", 1));
    PlaceOrder good = request(product, 1);
    UUID othersCart = newId();
    carts.put(othersCart, newId(), product, 1);

    assertRefused("cart_id", PlaceOrder.of(customer, newId(), address, "credit_card", CARD));
    assertRefused("cart_id", PlaceOrder.of(customer, othersCart, address, "credit_card", CARD));
    assertRefused(
        "shipping_address_id",
        PlaceOrder.of(customer, good.cartId(), newId(), "credit_card", CARD));
    assertRefused(
        "payment.method", PlaceOrder.of(customer, good.cartId(), address, "Credit Card", CARD));
    assertRefused("payment.card_token", withCard(good, "tok_\0"));
    assertRefused("idempotency_key", good.withKey(" "));
    assertRefused("cart.items", request());
    assertRefused("cart.items[0].quantity", request(product, 0));
    assertRefused("cart.items[0].product_id", request(newId(), 1));
    assertRefused(
        "cart.items[1].currency", request(new Cart.Item(product, 1), new Cart.Item(dollars, 1)));

    assertThat(shop().orders().list(customer, 10)).isEmpty();
    assertStock(product, 5, 0);
  }

  private void assertRefused(String field, PlaceOrder request) {
    assertThatThrownBy(() -> shop().orders().place(request))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessageContaining(field);
  }
}
