package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.OrderView;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.CardToken;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each event of an order is appended, and published under the order's next sequence if it is. */
class OrderEventsTest {
  private static final UUID ORDER = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-000000000003");
  private static final String NUMBER = "TC-2026-000001";

  private final OrderEvents events = new OrderEvents(ORDER, NUMBER, USER, null, OrderHead.CREATED);

  private OrderEffect.Append appended(int index) {
    return (OrderEffect.Append) events.effects().get(index);
  }

  private OutboxEffect.Publish published(int index) {
    return (OutboxEffect.Publish) events.effects().get(index);
  }

  @Test
  void theFirstEventHoldsTheWholeOrderButNoCardToken() {
    OrderSagaData data =
        new OrderSagaData(
            new OrderView(
                ORDER, NUMBER, USER, OTHER, 500, "BRL", List.of(new OrderLine(OTHER, 2, 250))),
            OTHER,
            new OrderSagaData.Request("cart:x", "hash"),
            new OrderSagaData.Charge("credit_card", new CardToken("tok_secret"), OTHER, false),
            OTHER,
            null,
            null);

    OrderEffect.Create created = OrderEvents.created(data);

    assertThat(created.orderId()).isEqualTo(ORDER);
    assertThat(created.lines()).containsExactly(new OrderLine(OTHER, 2, 250));
    assertThat(JsonObject.parse(created.data()))
        .isEqualTo(
            JsonObject.parse(
                """
                {"order_number": "%s", "user_id": "%s", "cart_id": "%s",
                 "shipping_address_id": "%s", "amount": 500, "currency": "BRL",
                 "items": [{"product_id": "%s", "quantity": 2, "unit_price": 250}]}
                """
                    .formatted(NUMBER, USER, OTHER, OTHER, OTHER)));
  }

  @Test
  void aPublishedEventTellsWhoseItIsAndWhatWasAppended() {
    events.paid(OTHER, 500, "BRL");

    assertThat(appended(0).orderId()).isEqualTo(ORDER);
    assertThat(appended(0).type()).isEqualTo(OrderEventType.PAID);
    assertThat(JsonObject.parse(appended(0).data()))
        .isEqualTo(
            JsonObject.parse(
                "{\"amount\": 500, \"currency\": \"BRL\", \"transaction_id\": \"" + OTHER + "\"}"));
    assertThat(published(1).stream()).isEqualTo(new EventStream("order", ORDER));
    assertThat(published(1).sequence()).isEqualTo(1);
    assertThat(published(1).type()).isEqualTo("payment.confirmed");
    assertThat(JsonObject.parse(published(1).payload()))
        .isEqualTo(
            JsonObject.parse(
                """
                {"event": "payment.confirmed", "event_id": "%s", "version": 1,
                 "order_id": "%s", "order_number": "%s", "user_id": "%s", "sequence": 1,
                 "amount": 500, "currency": "BRL", "transaction_id": "%s"}
                """
                    .formatted(published(1).eventId(), ORDER, NUMBER, USER, OTHER)));
  }

  @Test
  void eventsFollowOneAnotherInTheOrderAndInTheOutbox() {
    assertThat(events.paid(OTHER, 500, "BRL").confirmed().effects()).hasSize(4);

    assertThat(appended(2).type()).isEqualTo(OrderEventType.CONFIRMED);
    assertThat(appended(2).head())
        .isEqualTo(new OrderHead(OrderStatus.CONFIRMED, null, null, null, 3, 2));
    assertThat(published(3).sequence()).isEqualTo(2);
    assertThat(published(3).eventId()).isNotEqualTo(published(1).eventId());
  }

  @Test
  void aRequestedRefundIsNotPublishedAndTheRefundIs() {
    assertThat(events.refundRequested(500, "BRL").refunded(OTHER, 500, "BRL").effects()).hasSize(3);

    assertThat(appended(0).type()).isEqualTo(OrderEventType.REFUND_REQUESTED);
    assertThat(JsonObject.parse(appended(0).data()))
        .isEqualTo(JsonObject.parse("{\"amount\": 500, \"currency\": \"BRL\"}"));
    assertThat(appended(1).type()).isEqualTo(OrderEventType.REFUNDED);
    assertThat(JsonObject.parse(appended(1).data()).uuid("refund_id")).isEqualTo(OTHER);
    assertThat(published(2).type()).isEqualTo("payment.refunded");
    assertThat(published(2).sequence()).isEqualTo(1);
  }

  @Test
  void aCancellationTellsItsReasonAndTheDetailIfThereIsOne() {
    Failure declined = new Failure("DECLINED", "no", Map.of("detail", "fraud"));

    assertThat(events.cancelled("EXPIRED", null).cancelled(declined).effects()).hasSize(4);

    assertThat(JsonObject.parse(appended(0).data()))
        .isEqualTo(JsonObject.parse("{\"reason\": \"EXPIRED\"}"));
    assertThat(JsonObject.parse(appended(2).data()))
        .isEqualTo(JsonObject.parse("{\"reason\": \"DECLINED\", \"detail\": \"fraud\"}"));
  }

  @Test
  void whatNeedsNoDataHasNone() {
    List<Effect> effects = events.simple(OrderEventType.SHIPPED).effects();

    assertThat(effects).hasSize(2);
    assertThat(appended(0).type()).isEqualTo(OrderEventType.SHIPPED);
    assertThat(appended(0).data()).isEqualTo("{}");
    assertThat(published(1).type()).isEqualTo("order.shipped");
  }
}
