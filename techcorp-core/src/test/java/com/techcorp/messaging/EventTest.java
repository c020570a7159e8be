package com.techcorp.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.OutboxEffect.Publish;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventTest {
  private static final UUID ID = UUID.fromString("01a226c0-623e-8618-9b28-3746c62f0354");
  private static final EventStream ORDER =
      new EventStream("order", UUID.fromString("01a226c0-623e-7618-bcf0-bd8d46e4873f"));
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static Event text(String json) {
    return Event.ofJson(ID, ORDER, 1, "order.confirmed", json);
  }

  private static Publish publish(String json) {
    return new Publish(ID, ORDER, 1, "order.confirmed", json);
  }

  @Test
  void eventsOfAnOrderedStreamShareTheirOrderingKey() {
    // given
    Event first = Event.ofJson(UUID.randomUUID(), ORDER, 1, "payment.confirmed", "{}");
    Event second = Event.ofJson(UUID.randomUUID(), ORDER, 2, "order.confirmed", "{}");

    // then
    assertThat(first.isOrdered()).isTrue();
    assertThat(first.orderingKey()).isEqualTo(ORDER).isEqualTo(second.orderingKey());
  }

  @Test
  void eachEventOfAStreamWithoutOrderHasAnOrderingKeyOfItsOwn() {
    // given
    EventStream product = new EventStream("product", UUID.randomUUID());
    Publish one = new Publish(UUID.randomUUID(), product, Event.UNORDERED, "product.updated", "{}");
    Publish other =
        new Publish(UUID.randomUUID(), product, Event.UNORDERED, "product.updated", "{}");

    // then
    assertThat(one.orderingKey()).isNotEqualTo(other.orderingKey());
    assertThat(one.at(Instant.EPOCH).orderingKey()).isEqualTo(one.orderingKey());
    assertThat(one.at(Instant.EPOCH).stream()).isEqualTo(product);
    assertThat(one.at(Instant.EPOCH).isOrdered()).isFalse();
  }

  @Test
  void streamsOfDifferentTypesWithOneIdAreDifferent() {
    assertThat(new EventStream("shipment", ORDER.id())).isNotEqualTo(ORDER);
    assertThat(ORDER).hasToString("order " + ORDER.id());
    assertThatIllegalArgumentException().isThrownBy(() -> new EventStream(" ", ORDER.id()));
  }

  @Test
  void anEventHasNoNegativeSequence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Event.ofJson(ID, ORDER, -1, "order.confirmed", "{}"))
        .withMessageContaining("-1");
  }

  @Test
  void anEventGivesItsTextAsItCameAndItsFieldsOnceTheyAreAskedFor() {
    // given
    Event event = text("{ \"amount\": 100 }");

    // then
    assertThat(event.json()).isEqualTo("{ \"amount\": 100 }");
    assertThat(event.payload().number("amount")).isEqualTo(100);
    assertThat(event.payload()).isSameAs(event.payload());
  }

  @Test
  void anEventOfFieldsHasTheSameText() throws JsonProcessingException {
    // given
    Event event = new Event(ID, ORDER, 1, "order.confirmed", JsonObject.parse("{\"amount\":100}"));

    // then
    assertThat(event.json()).isEqualTo("{\"amount\":100}");
    assertThat(event).isEqualTo(text("{ \"amount\": 100 }"));
    assertThat(event).hasSameHashCodeAs(text("{ \"amount\": 100 }"));
    assertThat(event).isNotEqualTo(text("{ \"amount\": 101 }"));
  }

  @Test
  void textThatIsNoObjectIsToldWhenItsFieldsAreAskedFor() {
    for (String json : new String[] {"", "null", "[1]", "{\"a\":", "7"}) {
      assertThatIllegalArgumentException()
          .as(json)
          .isThrownBy(() -> text(json).payload())
          .withMessageStartingWith("the payload of an event is not");
    }
  }

  @Test
  void theTraceIsFoundInTextAndInFields() {
    assertThat(text("{\"traceparent\":\"" + TRACE + "\"}").trace())
        .hasValueSatisfying(trace -> assertThat(trace.traceparent()).isEqualTo(TRACE));
    assertThat(text("{\"detail\":\"traceparent\"}").trace()).isEmpty();
    assertThat(text("{}").trace()).isEmpty();
  }

  @Test
  void whatIsPublishedGetsItsTimeAsItsLastField() {
    // given
    Instant time = Instant.parse("2026-11-29T10:01:12.012Z");

    // then
    assertThat(publish("{\"amount\":100}").at(time).json())
        .isEqualTo("{\"amount\":100,\"timestamp\":\"2026-11-29T10:01:12.012000Z\"}");
    assertThat(publish("{\"amount\":100 }").at(time).json())
        .isEqualTo("{\"amount\":100,\"timestamp\":\"2026-11-29T10:01:12.012000Z\"}");
    assertThat(publish("{ }").at(time).json())
        .isEqualTo("{\"timestamp\":\"2026-11-29T10:01:12.012000Z\"}");
    assertThat(publish("{}").at(time).json())
        .isEqualTo("{\"timestamp\":\"2026-11-29T10:01:12.012000Z\"}");
    assertThatIllegalArgumentException().isThrownBy(() -> publish("[]").at(time));
    assertThatIllegalArgumentException().isThrownBy(() -> publish("").at(time));
  }
}
