package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.Product;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.notification.Message;
import com.techcorp.order.CancelReason;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedMoney;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An order over nothing (a sample, a voucher for all of it): no provider hears of it, and it is
 * confirmed, cancelled and told of like any other.
 */
@Tag("R01")
@Tag("B03")
public abstract class OrderFreeContract extends OrderScenario {
  /** For subclasses. */
  protected OrderFreeContract() {}

  private UUID given(long units) {
    UUID product = newId();
    catalog.put(new Product(product, "Free sample", 0, "BRL", 1));
    shop().inventory().restock(product, units);
    received(product, units);
    return product;
  }

  private void assertNoMoney(UUID order) {
    assertThat(Arrays.stream(SimulatedCall.values()).mapToInt(gateway::calls).sum())
        .as("calls at the provider")
        .isZero();
    assertThat(gateway.money(order)).isEqualTo(SimulatedMoney.NONE);
    assertThat(storage().payments().ofOrder(order)).as("a charge").isEmpty();
    assertThat(shop().payments().charge(order)).isEmpty();
    assertThat(shop().payments().refunds(order)).isEmpty();
  }

  @Test
  @DisplayName("R01, B03: a free order is confirmed without the provider")
  void isConfirmedWithoutTheProvider() {
    UUID product = given(5);

    UUID id = confirmed(product, 2);

    assertNoMoney(id);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CONFIRMED);
    assertReserved(id, ReservationStatus.CONFIRMED);
    assertStock(product, 3, 0);
    assertPublished(id, "order.confirmed");
    assertThat(dump()).as("nobody needs the card token").doesNotContain(CARD);
  }

  @Test
  @DisplayName("R01: a free order is cancelled without a refund")
  void isCancelledWithoutARefund() {
    UUID product = given(5);
    UUID id = confirmed(product, 2);

    shop().orders().cancel(customer, id, "changed my mind");

    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    assertThat(order(id).refundStatus()).isNull();
    assertGivenBack(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CONFIRMED, OrderEventType.CANCELLED);
    assertPublished(id, "order.confirmed", "order.cancelled");
    assertNoMoney(id);
  }

  @Test
  void isShippedAndDelivered() {
    UUID id = confirmed(given(1), 1);

    shop().orders().ship(id);

    assertThat(shop().orders().deliver(id).status()).isEqualTo(OrderStatus.DELIVERED);
    assertPublished(id, "order.confirmed", "order.shipped", "order.delivered");
    assertNoMoney(id);
  }

  @Test
  void needsStockAllTheSame() {
    UUID product = given(1);

    OrderReceipt receipt = place(product, 2);

    assertThat(outcome(receipt))
        .isEqualTo(
            new OrderOutcome.Cancelled(receipt.orderId(), new CancelReason.OutOfStock(product)));
    assertStock(product, 1, 0);
    assertNoMoney(receipt.orderId());
  }

  @Test
  void aRepeatGivesTheSameOrder() {
    PlaceOrder request = request(given(5), 2);
    OrderReceipt first = place(request);
    outcome(first);

    OrderReceipt again = place(request);

    assertThat(again.orderId()).isEqualTo(first.orderId());
    assertThat(outcome(again)).isEqualTo(new OrderOutcome.Confirmed(first.orderId()));
    assertNoMoney(first.orderId());
  }

  @Test
  void oneItemThatCostsMakesItAnOrderLikeAnyOther() {
    UUID sample = given(5);
    UUID product = stocked(5);

    OrderReceipt receipt = place(request(new Cart.Item(sample, 1), new Cart.Item(product, 1)));

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(receipt.orderId())).isEqualTo(new SimulatedMoney(PRICE, 0, 1, 0));
    assertHistory(
        receipt.orderId(), OrderEventType.CREATED, OrderEventType.PAID, OrderEventType.CONFIRMED);
  }

  @Test
  @DisplayName("B03: the mail about a free order does not say that it is paid")
  void itsMailDoesNotSayThatItIsPaid() {
    confirmed(given(5), 2);

    eventually(() -> assertThat(mailbox.messages()).hasSize(1));

    List<Message> sent = mailbox.messages();
    assertThat(sent.get(0).template()).isEqualTo("order-confirmed");
    assertThat(sent.get(0).text()).contains("está confirmado", "0,00").doesNotContain("pago");
  }
}
