package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.Product;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.messaging.Event;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.Refund;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/** A customer with an address and a card, and short words for what tests of orders say. */
public abstract class OrderScenario extends OrderTestBed {
  static final String CARD = "tok_visa_4242";
  static final long PRICE = 1_999;

  final UUID customer = newId();
  final UUID address = newId();

  /** For subclasses. */
  protected OrderScenario() {
    customers.put(new Customer(customer, "ana@example.com", "Ana Souza", "pt-BR"), address);
  }

  /** A product of so many units, at {@link #PRICE}. */
  final UUID stocked(long units) {
    UUID product = newId();
    catalog.put(new Product(product, "Product " + product, PRICE, "BRL", 1));
    shop().inventory().restock(product, units);
    received(product, units);
    return product;
  }

  /** A request of the customer's for one product, from a fresh cart. */
  final PlaceOrder request(UUID product, long units) {
    return request(new Cart.Item(product, units));
  }

  final PlaceOrder request(Cart.Item... items) {
    UUID cart = newId();
    carts.put(new Cart(cart, customer, List.of(items)));
    return PlaceOrder.of(customer, cart, address, "credit_card", CARD);
  }

  static PlaceOrder withCard(PlaceOrder request, String card) {
    return PlaceOrder.of(
        request.userId(), request.cartId(), request.shippingAddressId(), "credit_card", card);
  }

  final OrderReceipt place(PlaceOrder request) {
    OrderReceipt receipt = shop().orders().place(request);
    remember(receipt.orderId());
    return receipt;
  }

  final OrderReceipt place(UUID product, long units) {
    return place(request(product, units));
  }

  /** An order that is confirmed. */
  final UUID confirmed(UUID product, long units) {
    OrderReceipt receipt = place(product, units);
    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    return receipt.orderId();
  }

  /** An order whose charge is with the provider, which answers when the test lets it. */
  final UUID paying(SimulatedCharge behaviour, UUID product, long units) {
    gateway.on().every(behaviour.untilReleased());
    UUID order = place(product, units).orderId();
    eventually(() -> assertThat(gateway.waiting()).as("calls at the provider").isEqualTo(1));
    return order;
  }

  final OrderOutcome outcome(OrderReceipt receipt) {
    return outcome(receipt.outcome());
  }

  final OrderOutcome outcome(UUID orderId) {
    return outcome(shop().orders().outcome(orderId));
  }

  private OrderOutcome outcome(CompletableFuture<OrderOutcome> future) {
    eventually(() -> assertThat(future).isDone());
    return future.join();
  }

  final Order order(UUID orderId) {
    return storage().orders().find(orderId).orElseThrow();
  }

  final Transaction payment(UUID orderId) {
    return storage().payments().ofOrder(orderId).orElseThrow();
  }

  final Stream<Refund> refunds(UUID orderId) {
    return storage().payments().refunds(payment(orderId).id()).stream();
  }

  final List<Reservation> reservations(UUID orderId) {
    return stockSite().storage().stock().reservations(orderId);
  }

  /** Stock in another storage follows; in the orders' own it is as the order is, at once. */
  private void inStock(ThrowingRunnable then) {
    if (stockSite().isApart()) {
      eventually(then);
    } else {
      try {
        then.run();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  final void assertReserved(UUID orderId, ReservationStatus... statuses) {
    inStock(
        () ->
            assertThat(reservations(orderId))
                .extracting(Reservation::status)
                .containsExactly(statuses));
  }

  /**
   * Given back; elsewhere it may have been sold before the cancellation came, or have seen by
   * itself that its time was up.
   */
  final void assertGivenBack(UUID orderId, ReservationStatus as) {
    if (stockSite().isApart()) {
      eventually(
          () ->
              assertThat(reservations(orderId))
                  .extracting(Reservation::status)
                  .isNotEmpty()
                  .doesNotContain(ReservationStatus.PENDING, ReservationStatus.CONFIRMED));
    } else {
      assertReserved(orderId, as);
    }
  }

  final void assertStock(UUID product, long available, long reserved) {
    inStock(
        () ->
            assertThat(shop().inventory().levels(List.of(product)))
                .containsEntry(product, new StockLevel(product, available, reserved)));
  }

  final void awaitPayment(UUID orderId, TransactionStatus status) {
    eventually(
        () ->
            assertThat(storage().payments().ofOrder(orderId))
                .as("the payment, once the stock is held")
                .map(Transaction::status)
                .contains(status));
  }

  final void assertHistory(UUID orderId, OrderEventType... types) {
    assertThat(storage().orders().events(orderId))
        .extracting(OrderEvent::type)
        .containsExactly(types);
  }

  /** The order's events reach their consumers, in this order, numbered from 1. */
  final void assertPublished(UUID orderId, String... types) {
    eventually(() -> assertThat(published(orderId)).extracting(Event::type).containsExactly(types));
    assertThat(published(orderId))
        .extracting(Event::sequence)
        .containsExactlyElementsOf(Stream.iterate(1, n -> n + 1).limit(types.length).toList());
  }

  /** The reversal of the only order that has one. */
  final Optional<UUID> reversal() {
    return storage().journal().list(new SagaFilter("reversal", null, 2)).stream()
        .map(saga -> saga.id())
        .findFirst();
  }
}
