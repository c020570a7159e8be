package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.Failure;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderStatus;
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

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

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
            ORDER,
            NUMBER,
            USER,
            OTHER,
            OTHER,
            500,
            "BRL",
            List.of(new OrderLine(OTHER, 2, 250)),
            "credit_card",
            new CardToken("tok_secret"),
            "cart:x",
            "hash",
            OTHER,
            false,
            OTHER,
            null,
            null);

    OrderEffect.Create created = OrderEvents.created(data);

    assertThat(created.orderId()).isEqualTo(ORDER);
    assertThat(created.lines()).containsExactly(new OrderLine(OTHER, 2, 250));
    assertThat(json(created.data()))
        .isEqualTo(
            json(
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
    assertThat(json(appended(0).data()))
        .isEqualTo(
            json(
                "{\"amount\": 500, \"currency\": \"BRL\", \"transaction_id\": \"" + OTHER + "\"}"));
    assertThat(published(1).stream()).isEqualTo(new EventStream("order", ORDER));
    assertThat(published(1).sequence()).isEqualTo(1);
    assertThat(published(1).type()).isEqualTo("payment.confirmed");
    assertThat(json(published(1).payload()))
        .isEqualTo(
            json(
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
    assertThat(json(appended(0).data()))
        .isEqualTo(json("{\"amount\": 500, \"currency\": \"BRL\"}"));
    assertThat(appended(1).type()).isEqualTo(OrderEventType.REFUNDED);
    assertThat(json(appended(1).data()).path("refund_id").asText()).isEqualTo(OTHER.toString());
    assertThat(published(2).type()).isEqualTo("payment.refunded");
    assertThat(published(2).sequence()).isEqualTo(1);
  }

  @Test
  void aCancellationTellsItsReasonAndTheDetailIfThereIsOne() {
    Failure declined = new Failure("DECLINED", "no", Map.of("detail", "fraud"));

    assertThat(events.cancelled("EXPIRED", null).cancelled(declined).effects()).hasSize(4);

    assertThat(json(appended(0).data())).isEqualTo(json("{\"reason\": \"EXPIRED\"}"));
    assertThat(json(appended(2).data()))
        .isEqualTo(json("{\"reason\": \"DECLINED\", \"detail\": \"fraud\"}"));
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
