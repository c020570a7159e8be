package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of a host that want other types of events share a consumer's queue. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitDeployIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CANCELLED = "order.cancelled";
  private static final String CONSUMER = "books";

  private final TestBroker broker = TestBroker.shared();
  private final RabbitEventBus publishing = broker.connect();
  private final List<RabbitEventBus> buses = new ArrayList<>(List.of(publishing));
  private final List<Event> byOld = new CopyOnWriteArrayList<>();
  private final List<Event> byNew = new CopyOnWriteArrayList<>();

  @BeforeEach
  void connect() {
    await().atMost(LIMIT).until(() -> TestEvents.taken(publishing, event("nobody.wants")));
  }

  @AfterEach
  void disconnect() throws Exception {
    buses.forEach(RabbitEventBus::close);
    broker.remove();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("S1")
  @DisplayName("S1: two versions share a queue, and each event is handled by one that knows it")
  void eachEventIsHandledByAVersionThatKnowsIt(boolean oldFirst) {
    // given
    if (oldFirst) {
      serve(byOld, 1, CONFIRMED);
    }
    serve(byNew, oldFirst ? 2 : 1, CONFIRMED, CANCELLED);
    if (!oldFirst) {
      serve(byOld, 2, CONFIRMED);
    }
    List<Event> events =
        Stream.iterate(0, i -> i + 1)
            .map(i -> event(i / 2 % 2 == 0 ? CONFIRMED : CANCELLED))
            .limit(200)
            .toList();

    // when
    events.forEach(event -> assertThat(publishing.publish(event).join()).isTrue());

    // then
    await().atMost(LIMIT).until(() -> byOld.size() + byNew.size() >= 200);
    assertThat(Stream.concat(byOld.stream(), byNew.stream()))
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(byOld).isNotEmpty().extracting(Event::type).containsOnly(CONFIRMED);
    assertThat(publishing.deadLetters(CONSUMER).peek(1)).isEmpty();
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: what no version handles is a dead letter with the reason, until it is unbound")
  void whatNobodyHandlesIsADeadLetter() {
    // given a version that wanted it, and is gone
    serve(byNew, 1, CONFIRMED, CANCELLED).close();
    serve(byOld, 1, CONFIRMED);
    Event dropped = event(CANCELLED);

    // when
    publishing.publish(dropped).join();

    // then
    RabbitDeadLetters dead = publishing.deadLetters(CONSUMER);
    List<Letter> letters = await().atMost(LIMIT).until(() -> dead.peek(2), any -> !any.isEmpty());
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.messageId()).isEqualTo(dropped.id().toString());
              assertThat(letter.reason())
                  .isEqualTo("no process that serves this consumer handles order.cancelled");
            });

    // when
    dead.replay(1);

    // then
    await().atMost(LIMIT).until(() -> dead.peek(2).size() == 1);

    // when
    publishing.unbind(CONSUMER, CANCELLED);

    // then
    publishing.publish(event(CANCELLED)).join();
    Event last = event(CONFIRMED);
    publishing.publish(last).join();
    await().atMost(LIMIT).until(() -> byOld.contains(last));
    assertThat(byOld).containsExactly(last);
    assertThat(dead.peek(5)).extracting(Letter::messageId).containsExactly(dropped.id().toString());
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: an order's history may hold types that the consumer elsewhere does not want")
  void aHistoryMayHoldWhatIsNotWanted() {
    // given
    serve(byOld, 1, CONFIRMED);
    List<Event> history = List.of(event(CANCELLED), event(CONFIRMED), event(CANCELLED));

    // when
    publishing.resend(CONSUMER, history);

    // then
    await().atMost(LIMIT).until(() -> !byOld.isEmpty());
    await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> isEmpty(CONSUMER));
    assertThat(byOld).containsExactly(history.get(1));
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: what a new version sends again is left to it by the old one")
  void whatIsSentAgainIsLeftToWhoKnowsIt() {
    // given
    serve(byOld, 1, CONFIRMED);
    RabbitEventBus newer = serve(byNew, 2, CONFIRMED, CANCELLED);
    List<Event> history = Stream.generate(() -> event(CANCELLED)).limit(20).toList();

    // when
    newer.resend(CONSUMER, history);

    // then
    await().atMost(LIMIT).until(() -> byNew.size() >= 20);
    assertThat(byNew).containsExactlyInAnyOrderElementsOf(history);
    assertThat(byOld).isEmpty();
  }

  private boolean isEmpty(String consumer) throws Exception {
    Topology topology = Topology.of(broker.options);
    return broker.with(
        channel ->
            channel.messageCount(topology.attempt(consumer, 1))
                    + channel.messageCount(topology.wait(consumer, 1))
                    + channel.messageCount(topology.wait(consumer, 2))
                    + channel.messageCount(topology.dead(consumer))
                == 0);
  }

  private RabbitEventBus serve(List<Event> handled, int processes, String... types) {
    RabbitEventBus bus = broker.connect();
    buses.add(bus);
    bus.subscribe(new Subscription(broker.consumer(CONSUMER), Set.of(types), handled::add));
    String queue = Topology.of(broker.options).attempt(CONSUMER, 1);
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> broker.with(channel -> channel.consumerCount(queue)) == processes);
    return bus;
  }
}
