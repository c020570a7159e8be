package com.techcorp.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.NotFoundException;
import com.techcorp.json.JsonObject;
import com.techcorp.payment.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Folding an order's events gives the order. */
class OrderHistoryTest {
  private static final UUID ORDER = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID CART = UUID.fromString("00000000-0000-7000-8000-000000000003");
  private static final UUID ADDRESS = UUID.fromString("00000000-0000-7000-8000-000000000004");
  private static final UUID PRODUCT = UUID.fromString("00000000-0000-7000-8000-000000000005");
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final String CREATED =
      """
      {"order_number": "TC-2026-000001", "user_id": "%s", "cart_id": "%s",
       "shipping_address_id": "%s", "amount": 500, "currency": "BRL",
       "items": [{"product_id": "%s", "quantity": 2, "unit_price": 250}]}
      """
          .formatted(USER, CART, ADDRESS, PRODUCT);
  private static final String MONEY = "{\"amount\": 500, \"currency\": \"BRL\"}";

  private final List<OrderEvent> events = new ArrayList<>();

  OrderHistoryTest() {
    happened(OrderEventType.CREATED, CREATED);
  }

  /** One more event, a second after the one before. */
  private OrderHistoryTest happened(OrderEventType type, String data) {
    int seq = events.size() + 1;
    events.add(
        new OrderEvent(ORDER, seq, type, JsonObject.parse(data), START.plusSeconds(seq), "hash"));
    return this;
  }

  private Order replayed() {
    return new OrderHistory(ORDER, events).replay();
  }

  @Test
  void anOrderBeginsAsItWasPlaced() {
    assertThat(replayed())
        .isEqualTo(
            new Order(
                ORDER,
                "TC-2026-000001",
                USER,
                CART,
                ADDRESS,
                new Amount(500, "BRL"),
                List.of(new OrderLine(PRODUCT, 2, 250)),
                new OrderHead(OrderStatus.CREATED, null, null, null, 1, 0),
                new Order.Times(START.plusSeconds(1), START.plusSeconds(1))));
  }

  @Test
  void aPaymentIsPublishedAndLeavesTheStatus() {
    happened(OrderEventType.PAID, MONEY);

    assertThat(replayed().status()).isEqualTo(OrderStatus.CREATED);
    assertThat(replayed().published()).isEqualTo(1);
    assertThat(replayed().lastSeq()).isEqualTo(2);
    assertThat(replayed().updatedAt()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void aSoldOrderIsConfirmedShippedAndDelivered() {
    happened(OrderEventType.PAID, MONEY).happened(OrderEventType.CONFIRMED, "{}");
    assertThat(replayed().status()).isEqualTo(OrderStatus.CONFIRMED);

    happened(OrderEventType.SHIPPED, "{}");
    assertThat(replayed().status()).isEqualTo(OrderStatus.SHIPPED);

    happened(OrderEventType.DELIVERED, "{}");
    assertThat(replayed().status()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(replayed().published()).isEqualTo(4);
    assertThat(replayed().lastSeq()).isEqualTo(5);
    assertThat(replayed().createdAt()).isEqualTo(START.plusSeconds(1));
    assertThat(replayed().updatedAt()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void aCancelledOrderKeepsItsReasonThroughTheRefund() {
    happened(OrderEventType.PAID, MONEY)
        .happened(OrderEventType.CANCELLED, "{\"reason\": \"DECLINED\", \"detail\": \"fraud\"}");
    assertThat(replayed().status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(replayed().cancelReason()).isEqualTo("DECLINED");
    assertThat(replayed().cancelDetail()).isEqualTo("fraud");
    assertThat(replayed().refundStatus()).isNull();

    happened(OrderEventType.REFUND_REQUESTED, MONEY);
    assertThat(replayed().refundStatus()).isEqualTo(OrderRefundStatus.REQUESTED);
    assertThat(replayed().status()).isEqualTo(OrderStatus.CANCELLED);

    happened(OrderEventType.REFUNDED, MONEY);
    assertThat(replayed().refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertThat(replayed().cancelReason()).isEqualTo("DECLINED");
    assertThat(replayed().cancelDetail()).isEqualTo("fraud");
    assertThat(replayed().published()).as("the request is not published").isEqualTo(3);
  }

  @Test
  void aReasonMayHaveNoDetail() {
    happened(OrderEventType.CANCELLED, "{\"reason\": \"EXPIRED\"}");

    assertThat(replayed().cancelDetail()).isNull();
  }

  @Test
  void aChargeThatCameLateDoesNotBringACancelledOrderBack() {
    happened(OrderEventType.CANCELLED, "{\"reason\": \"EXPIRED\"}")
        .happened(OrderEventType.PAID, MONEY);

    assertThat(replayed().status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(replayed().cancelReason()).isEqualTo("EXPIRED");
  }

  @Test
  void anOrderIsShownAsItStoodAtAnInstantThatInstantIncluded() {
    happened(OrderEventType.PAID, MONEY).happened(OrderEventType.CONFIRMED, "{}");
    OrderHistory history = new OrderHistory(ORDER, events);

    assertThat(history.replayAt(START.plusSeconds(3)).status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(history.replayAt(START.plusMillis(2_999)).status()).isEqualTo(OrderStatus.CREATED);
    assertThat(history.replayAt(START.plusMillis(2_999)).lastSeq()).isEqualTo(2);
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> history.replayAt(START))
        .withMessageContaining(ORDER.toString());
  }

  @Test
  void createdAlwaysBeginsAnew() {
    OrderHead head = OrderHead.CREATED.after(OrderEventType.CONFIRMED, JsonObject.parse("{}"));

    assertThat(head.after(OrderEventType.CREATED, JsonObject.parse("{}")))
        .isEqualTo(OrderHead.CREATED);
  }
}
