package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMessageTest {
  private static final int MAX_BYTES = 1_000_000;
  private static final UUID ID = UUID.fromString("01a226c0-623e-8618-9b28-3746c62f0354");
  private static final BasicProperties WITHOUT_HEADERS = new BasicProperties();

  private static Event read(BasicProperties properties, byte[] body)
      throws Fields.MalformedException {
    return EventMessage.read(properties, body, MAX_BYTES);
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anOrdersEventArrivesAsItWasSent() throws Fields.MalformedException {
    // given
    Event event = event(UUID.randomUUID(), 7, "payment.confirmed");
    BasicProperties properties = EventMessage.properties(event);

    // then
    assertThat(properties.getHeaders())
        .containsEntry("techcorp-stream", "order/" + event.stream().id())
        .containsEntry("techcorp-sequence", 7);
    assertThat(read(properties, EventMessage.body(event))).isEqualTo(event);
  }

  @Test
  void anEventOfAStreamWithoutOrderHasNoSequence() throws Fields.MalformedException {
    // given
    Event event = ProductUpdates.updated(UUID.randomUUID(), List.of("price")).at(Instant.EPOCH);
    BasicProperties properties = EventMessage.properties(event);

    // then
    assertThat(properties.getHeaders())
        .containsOnly(Map.entry("techcorp-stream", "product/" + event.stream().id()));
    assertThat(read(properties, EventMessage.body(event))).isEqualTo(event);
  }

  @Test
  void theHeaderSaysWhichStreamEvenIfAFieldSaysAnother() throws Fields.MalformedException {
    // given a type whose name holds the separator, and the order's id in a field
    UUID order = UUID.randomUUID();
    EventStream shipment = new EventStream("north/shipment", ID);
    Event event =
        new Event(ID, shipment, 2, CONFIRMED, TestEvents.payload(ID, order, 5, CONFIRMED));

    // when
    Event read = read(EventMessage.properties(event), EventMessage.body(event));

    // then
    assertThat(read.stream()).isEqualTo(shipment);
    assertThat(read.sequence()).isEqualTo(2);
  }

  @Test
  void anotherPublishersOrderIsKnownByItsFields() throws Fields.MalformedException {
    // given
    UUID order = UUID.randomUUID();

    // when
    Event read = read(WITHOUT_HEADERS, bytes(TestEvents.payload(ID, order, 3, CONFIRMED)));

    // then
    assertThat(read.stream()).isEqualTo(new EventStream("order", order));
    assertThat(read.sequence()).isEqualTo(3);
  }

  @Test
  void anotherPublishersEventWithoutSequenceBelongsToWhatItsTypeBeginsWith()
      throws Fields.MalformedException {
    // given
    UUID user = UUID.randomUUID();
    JsonObject json =
        JsonObject.builder()
            .put("event", "user.registered")
            .put("event_id", ID)
            .put("version", 1)
            .put("user_id", user)
            .build();

    // when
    Event read = read(WITHOUT_HEADERS, bytes(json));

    // then
    assertThat(read.stream()).isEqualTo(new EventStream("user", user));
    assertThat(read.isOrdered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "order, 1, the header techcorp-stream is not type/id",
    "/01a226c0-623e-8618-9b28-3746c62f0354, 1, the header techcorp-stream is not type/id",
    "' /01a226c0-623e-8618-9b28-3746c62f0354', 1, the header techcorp-stream is not type/id",
    "order/me, 1, the field techcorp-stream is no UUID",
    "order/01a226c0-623e-8618-9b28-3746c62f0354, 0, the header techcorp-sequence is no number from 1",
    "order/01a226c0-623e-8618-9b28-3746c62f0354, x, the header techcorp-sequence is no number from 1"
  })
  void aHeaderThatIsNotWhatItShouldBeIsRefused(String stream, String sequence, String reason) {
    // given
    Map<String, Object> headers = new HashMap<>();
    headers.put("techcorp-stream", stream);
    headers.put("techcorp-sequence", sequence.equals("x") ? "x" : Integer.valueOf(sequence));
    BasicProperties properties = new BasicProperties.Builder().headers(headers).build();
    byte[] body = bytes(TestEvents.payload(ID, UUID.randomUUID(), 1, CONFIRMED));

    // then
    assertThatExceptionOfType(Fields.MalformedException.class)
        .isThrownBy(() -> read(properties, body))
        .withMessage(reason);
  }

  @Test
  void aBodyInAnotherEncodingThanUtf8IsMalformed() {
    // given
    BasicProperties properties = EventMessage.properties(event(UUID.randomUUID(), 1, CONFIRMED));
    byte[] body =
        TestEvents.payload(ID, UUID.randomUUID(), 1, CONFIRMED)
            .toString()
            .getBytes(StandardCharsets.UTF_16BE);

    // then
    assertThatExceptionOfType(Fields.MalformedException.class)
        .isThrownBy(() -> read(properties, body))
        .withMessage("not UTF-8");
  }

  @Test
  void aSignatureCoversTheStream() throws Fields.MalformedException {
    // given
    SigningKeys keys = SigningKeys.of(new byte[32]);
    Event event = event(UUID.randomUUID(), 1, CONFIRMED);
    byte[] body = EventMessage.body(event);
    BasicProperties signed =
        Signatures.signed(keys, Signatures.Purpose.EVENT, EventMessage.properties(event), body);
    Signatures.check(keys, Signatures.Purpose.EVENT, signed, body);

    // when
    for (String header : List.of("techcorp-stream", "techcorp-sequence")) {
      Map<String, Object> headers = new HashMap<>(signed.getHeaders());
      headers.put(header, header.equals("techcorp-sequence") ? 2 : "order/" + ID);
      BasicProperties altered = signed.builder().headers(headers).build();

      // then
      assertThatExceptionOfType(Fields.MalformedException.class)
          .as(header)
          .isThrownBy(() -> Signatures.check(keys, Signatures.Purpose.EVENT, altered, body))
          .withMessage("it is signed with no key of ours");
    }
  }
}
