package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.error.InvalidInputException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose headers fill a frame, so that none can be added. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitHeadersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CANCELLED = "order.cancelled";

  /** Of a frame of 128 KiB, what the other properties leave. */
  private static final int MOST = (128 << 10) - 150;

  private final TestBroker broker = TestBroker.shared();
  private final RabbitEventBus bus = broker.connect();
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean(true);
  private final AtomicInteger refused = new AtomicInteger();

  @AfterEach
  void disconnect() throws Exception {
    bus.close();
    broker.remove();
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIRMED, CANCELLED, "malformed"})
  @Tag("S8")
  @DisplayName("S8: a message with 128 KiB of headers becomes a dead letter, and costs no session")
  void headersThatFillAFrameAreDropped(String what) throws Exception {
    // given
    subscribe();
    Event event = event(what);
    byte[] body = what.equals("malformed") ? new byte[] {'?'} : EventMessage.body(event);

    // when
    publish(body);

    // then
    RabbitDeadLetters dead = bus.deadLetters("reader");
    List<Letter> letters =
        await().atMost(LIMIT).until(() -> publishingAnd(dead::peek), any -> !any.isEmpty());
    assertThat(letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isNotBlank());
    assertThat(letters.get(0).reason())
        .isNotEqualTo("the broker gave up on it: delivered too often");
    assertThat(headersOfDead()).containsKey("traceparent").doesNotContainKey("filling");
    assertThat(handled).hasSize(what.equals(CONFIRMED) ? 3 : 0);
    assertThat(refused).hasValue(0);

    // when
    failing.set(false);

    // then
    assertThat(dead.replay(1)).isEqualTo(1);
    if (what.equals(CONFIRMED)) {
      await().atMost(LIMIT).until(() -> handled.size() == 4);
    }
  }

  @Test
  @Tag("S8")
  @DisplayName("S8: a type as long as a message may be is cut in what is said of it")
  void aLongTypeIsCut() throws Exception {
    // given
    subscribe();

    // when
    publish(EventMessage.body(event("t".repeat(500_000))));

    // then
    RabbitDeadLetters dead = bus.deadLetters("reader");
    List<Letter> letters =
        await().atMost(LIMIT).until(() -> publishingAnd(dead::peek), any -> !any.isEmpty());
    assertThat(letters.get(0).reason())
        .startsWith("no process that serves this consumer handles ttt")
        .hasSizeLessThan(600);
    assertThat(refused).hasValue(0);
  }

  @Test
  @Tag("S8")
  @DisplayName("S8: an event that AMQP cannot carry is refused, and costs no session")
  void whatCannotBeCarriedIsRefused() {
    // given
    subscribe();
    Event event = event("t".repeat(256));

    // when, then
    assertThat(bus.publish(event))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(InvalidInputException.class)
        .withMessageContaining("longer than the 255 bytes");
    failing.set(false);
    Event next = event(CONFIRMED);
    assertThat(bus.publish(next).join()).isTrue();
    await().atMost(LIMIT).until(() -> handled.contains(next));
  }

  private List<Letter> publishingAnd(java.util.function.IntFunction<List<Letter>> look) {
    refused.addAndGet(TestEvents.taken(bus, event("nobody.wants")) ? 0 : 1);
    return look.apply(2);
  }

  private Map<String, Object> headersOfDead() throws Exception {
    String queue = Topology.of(broker.options).dead("reader");
    return broker.with(
        channel -> {
          GetResponse letter = channel.basicGet(queue, false);
          channel.basicNack(letter.getEnvelope().getDeliveryTag(), false, true);
          return letter.getProps().getHeaders();
        });
  }

  private void subscribe() {
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event("nobody.wants")));
    bus.subscribe(
        new Subscription(
            broker.consumer("reader"),
            Set.of(CONFIRMED),
            event -> {
              handled.add(event);
              if (failing.get()) {
                throw new IllegalStateException("not now");
              }
            }));
  }

  private void publish(byte[] body) throws Exception {
    Map<String, Object> headers = Map.of("traceparent", "00-1", "filling", "x".repeat(MOST));
    BasicProperties properties = new BasicProperties.Builder().headers(headers).build();
    boolean confirmed =
        broker.with(
            channel -> {
              channel.confirmSelect();
              channel.basicPublish(
                  Topology.of(broker.options).events(), CONFIRMED, properties, body);
              return channel.waitForConfirms(10_000);
            });
    assertThat(confirmed).isTrue();
  }
}
