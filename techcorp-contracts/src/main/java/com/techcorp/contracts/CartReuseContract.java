package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** I8: a cart that is filled again is another purchase; the same goods are the same purchase. */
public abstract class CartReuseContract extends OrderScenario {
  private UUID apples;
  private UUID pears;

  /** For subclasses. */
  protected CartReuseContract() {}

  @BeforeEach
  final void stock() {
    apples = stocked(50);
    pears = stocked(50);
  }

  private void refill(PlaceOrder request, Cart.Item... items) {
    carts.put(new Cart(request.cartId(), customer, List.of(items)));
  }

  /** A confirmed order of two apples. */
  private OrderReceipt bought(PlaceOrder request) {
    OrderReceipt receipt = place(request);
    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    return receipt;
  }

  private List<OrderLine> lines(OrderReceipt receipt) {
    return order(receipt.orderId()).lines();
  }

  private void assertConflict(OrderReceipt with, PlaceOrder request) {
    assertThatExceptionOfType(IdempotencyConflictException.class)
        .isThrownBy(() -> place(request))
        .withMessageContaining(with.orderNumber())
        .returns(with.orderId(), IdempotencyConflictException::orderId)
        .returns(with.orderNumber(), IdempotencyConflictException::orderNumber);
  }

  @Test
  @DisplayName("R22: the same cart with other goods is a new order once its order is confirmed")
  void otherGoodsAreANewOrderOnceTheOrderIsConfirmed() {
    // given
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);

    // when
    refill(request, new Cart.Item(pears, 50));
    OrderReceipt second = bought(request);

    // then
    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertThat(lines(first)).containsExactly(new OrderLine(apples, 2, PRICE));
    assertThat(lines(second)).containsExactly(new OrderLine(pears, 50, PRICE));
    assertThat(place(request).orderId()).as("repeated").isEqualTo(second.orderId());
    assertThat(gateway.money().charges()).isEqualTo(2);
    assertStock(apples, 48, 0);
    assertStock(pears, 0, 0);
  }

  @Test
  void anotherQuantityIsANewOrderOnceTheOrderIsShipped() {
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);
    shop().orders().ship(first.orderId());

    refill(request, new Cart.Item(apples, 3));
    OrderReceipt second = bought(withCard(request, "tok_other"));

    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertStock(apples, 45, 0);
  }

  @Test
  void theSameGoodsAreTheSameOrderAtAnyPriceAndInAnyOrder() {
    PlaceOrder request = request(new Cart.Item(apples, 3), new Cart.Item(pears, 1));
    OrderReceipt first = bought(request);

    catalog.put(new Product(apples, "Apples", 2 * PRICE, "BRL", 2));
    refill(request, new Cart.Item(pears, 1), new Cart.Item(apples, 1), new Cart.Item(apples, 2));

    assertThat(place(request).orderId()).isEqualTo(first.orderId());
    assertThat(gateway.money().charges()).isEqualTo(1);
  }

  @Test
  @DisplayName("R22: other goods while the cart's order is under way conflict with it by name")
  void otherGoodsConflictWhileTheOrderIsUnderWay() {
    // given
    PlaceOrder request = request(apples, 2);
    gateway.on().every(SimulatedCharge.approve().untilReleased());
    OrderReceipt first = place(request);

    // when, then
    refill(request, new Cart.Item(pears, 50));
    assertConflict(first, request);
    refill(request, new Cart.Item(pears, 0));
    assertConflict(first, request);
    gateway.releaseWaiting();
    assertThat(outcome(first)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money().charges()).isEqualTo(1);
    assertStock(pears, 50, 0);
  }

  @Test
  @DisplayName("R22: an explicit key never stands for other goods")
  void otherGoodsUnderAnExplicitKeyConflict() {
    PlaceOrder request = request(apples, 2).withKey("checkout-1");
    OrderReceipt first = bought(request);

    refill(request, new Cart.Item(pears, 50));

    assertConflict(first, request);
    assertThat(shop().orders().list(customer, 10)).hasSize(1);
    assertStock(pears, 50, 0);
  }

  @Test
  void aCartThatCannotBeOrderedIsNotTakenForTheEarlierOne() {
    PlaceOrder request = request(apples, 2);
    bought(request);

    refill(request, new Cart.Item(pears, -1));

    assertThatExceptionOfType(InvalidOrderException.class)
        .isThrownBy(() -> place(request))
        .withMessageContaining("quantity");
  }

  @Test
  void aVersionTellsPurchasesOfTheSameGoodsApart() {
    // given: one cart for all time
    PlaceOrder request = request(apples, 2);
    Cart cart = carts.findCart(request.cartId()).orElseThrow();
    carts.put(cart.withVersion("1"));
    OrderReceipt first = bought(request);

    // when, then
    assertThat(place(request).orderId()).as("repeated").isEqualTo(first.orderId());
    carts.put(new Cart(cart.id(), customer, List.of(new Cart.Item(pears, 9)), "1"));
    assertThat(place(request).orderId()).as("the same version").isEqualTo(first.orderId());
    carts.put(cart.withVersion("2"));
    OrderReceipt second = bought(request);
    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertThat(lines(second)).isEqualTo(lines(first));
    assertThat(place(request).orderId()).isEqualTo(second.orderId());
    assertStock(apples, 46, 0);
  }

  @Test
  void aCartThatBeginsToHaveVersionsIsComparedByItsLinesOnce() {
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);

    carts.put(carts.findCart(request.cartId()).orElseThrow().withVersion("1"));

    assertThat(place(request).orderId()).isEqualTo(first.orderId());
  }

  @Test
  @DisplayName("R22: of many who repeat a request with other goods at once one gets a new order")
  void manyWhoRepeatWithOtherGoodsGetOneNewOrder() throws Exception {
    // given
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);
    TechCorp other = another();
    refill(request, new Cart.Item(pears, 3));

    // when
    List<OrderReceipt> receipts =
        Threads.together(8, i -> () -> (i % 2 == 0 ? shop() : other).orders().place(request));

    // then
    UUID second = receipts.get(0).orderId();
    remember(second);
    assertThat(second).isNotEqualTo(first.orderId());
    assertThat(receipts).extracting(OrderReceipt::orderId).containsOnly(second);
    assertThat(outcome(receipts.get(0))).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop().orders().list(customer, 10)).hasSize(2);
    assertThat(gateway.money().charges()).isEqualTo(2);
    assertStock(pears, 47, 0);
  }

  @Test
  void theOrderThatFollowsFreesTheCartWhenItIsCancelled() {
    // given
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);
    refill(request, new Cart.Item(pears, 3));
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    OrderReceipt declined = place(request);
    assertThat(outcome(declined)).isInstanceOf(OrderOutcome.Cancelled.class);

    // when
    gateway.on().every(SimulatedCharge.approve());
    OrderReceipt third = bought(withCard(request, "tok_other"));

    // then
    assertThat(third.orderId()).isNotIn(first.orderId(), declined.orderId());
    assertThat(outcome(first.orderId())).isInstanceOf(OrderOutcome.Confirmed.class);
    assertStock(pears, 47, 0);
  }

  @Test
  void cancellingTheFirstOrderLeavesTheKeyToTheOneThatFollowed() {
    PlaceOrder request = request(apples, 2);
    OrderReceipt first = bought(request);
    refill(request, new Cart.Item(pears, 3));
    OrderReceipt second = bought(request);

    shop().orders().cancel(customer, first.orderId(), "changed my mind");

    assertThat(outcome(first.orderId())).isInstanceOf(OrderOutcome.Cancelled.class);
    assertThat(place(request).orderId()).isEqualTo(second.orderId());
  }
}
