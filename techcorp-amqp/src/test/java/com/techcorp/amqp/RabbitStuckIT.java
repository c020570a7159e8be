package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that do not return. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitStuckIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TestBroker broker = TestBroker.shared();
  private final List<RabbitEventBus> buses = new ArrayList<>();
  private final List<Event> begun = new CopyOnWriteArrayList<>();
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void disconnect() throws Exception {
    goOn.countDown();
    buses.forEach(RabbitEventBus::close);
    broker.remove();
  }

  @Test
  @Tag("S6")
  @DisplayName("S6: consumers whose handlers hang take nothing from the others")
  void othersGoOn() {
    // given twenty consumers that hang
    RabbitEventBus bus = connect(broker);
    List<String> hanging = IntStream.range(0, 20).mapToObj(i -> "hanging" + i).toList();
    hanging.forEach(consumer -> bus.subscribe(hanging(consumer, LONG)));
    bus.subscribe(new Subscription(broker.consumer("sound"), Set.of(CONFIRMED), handled::add));
    assertThat(bus.publish(event(CONFIRMED)).join()).isTrue();
    await().atMost(LIMIT).until(() -> begun.size() == 20);

    // when
    List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(20).toList();
    events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 21);
    assertThat(handled.subList(1, 21)).containsExactlyElementsOf(events);
  }

  @Test
  @Tag("S6")
  @DisplayName("S6: a handler beyond its time-out is named, and its event is kept with the reason")
  void whatHangsIsNamed() {
    // given
    RabbitEventBus bus = connect(broker);
    bus.subscribe(hanging("stuck", Duration.ofMillis(200)));
    Event event = event(CONFIRMED);

    // when
    assertThat(bus.publish(event).join()).isTrue();

    // then
    RabbitDeadLetters dead = bus.deadLetters("stuck");
    List<Letter> letters = await().atMost(LIMIT).until(() -> dead.peek(2), any -> !any.isEmpty());
    assertThat(letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("has not returned"));
    assertThat(begun).containsExactly(event);
    assertThat(bus.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("CONSUMER_STUCK");
              assertThat(finding.what()).contains("stuck", CONFIRMED);
              assertThat(finding.subject()).isEqualTo(event.stream().id());
              assertThat(finding.thread()).contains("stuck");
            });

    // when
    goOn.countDown();

    // then
    await().atMost(LIMIT).until(() -> bus.findings().isEmpty());
  }

  @Test
  @Tag("S6")
  @DisplayName("S6: a call beyond its time-out is interrupted, and its event comes again")
  void whatTakesTooLongIsInterrupted() {
    // given a handler that waits for ever the first time, and can be interrupted
    Duration second = Duration.ofSeconds(1);
    RabbitEventBus bus = connect(broker, broker.options.withWaits(List.of(second, second)));
    List<Event> interrupted = new CopyOnWriteArrayList<>();
    bus.subscribe(
        new Subscription(
                broker.consumer("late"),
                Set.of(CONFIRMED),
                event -> {
                  begun.add(event);
                  if (begun.size() == 1) {
                    try {
                      goOn.await();
                    } catch (InterruptedException e) {
                      interrupted.add(event);
                      throw e;
                    }
                  }
                  handled.add(event);
                })
            .withTimeout(second));
    Event event = event(CONFIRMED);
    Event next = event(CONFIRMED);

    // when
    assertThat(bus.publish(event).join()).isTrue();
    assertThat(bus.publish(next).join()).isTrue();

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 2);
    assertThat(handled).containsExactlyInAnyOrder(event, next);
    assertThat(interrupted).containsExactly(event);
    assertThat(begun).hasSize(3);
    await().atMost(LIMIT).until(() -> bus.findings().isEmpty());
    assertThat(bus.deadLetters("late").peek(1)).isEmpty();
  }

  @Test
  @Tag("S6")
  @DisplayName("S6: a consumer all of whose threads hang keeps no event from others")
  void whatOneProcessCannotHandleIsLeftToAnother() {
    // given
    RabbitEventBus bus = connect(broker);
    bus.subscribe(hanging("shared", Duration.ofMillis(100)));
    List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(40).toList();
    events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());
    await().atMost(LIMIT).until(() -> bus.findings().size() >= 6);

    // when, then each is a dead letter with its reason, and none is stuck
    RabbitDeadLetters dead = bus.deadLetters("shared");
    await().atMost(LIMIT).until(() -> dead.peek(50).size() == 40);
    assertThat(dead.peek(50))
        .extracting(Letter::messageId)
        .containsExactlyInAnyOrderElementsOf(
            events.stream().map(event -> event.id().toString()).toList());
    assertThat(begun).hasSizeLessThan(10).doesNotHaveDuplicates();
  }

  @Test
  @Tag("S6")
  @DisplayName("S6: an event that comes again while its handler is at work is not handled twice")
  void whatIsAtWorkIsNotBegunAgain() {
    // given
    RabbitServer server = RabbitServer.shared();
    try (TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      TestBroker behind = broker.at(proxy.port());
      RabbitEventBus bus = connect(behind);
      bus.subscribe(hanging("slow", LONG));
      Event event = event(CONFIRMED);
      Event next = event(CONFIRMED);
      assertThat(bus.publish(event).join()).isTrue();
      await().atMost(LIMIT).until(() -> begun.size() == 1);

      // when the session is lost, and the event delivered again
      proxy.resetAll();
      await().atMost(LIMIT).until(() -> TestEvents.taken(bus, next));
      await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> begun.size() == 1);
      goOn.countDown();

      // then
      await().atMost(LIMIT).until(() -> handled.contains(next));
      assertThat(begun).containsExactly(event, next);
      assertThat(handled).containsExactly(event, next);
      assertThat(bus.deadLetters("slow").peek(1)).isEmpty();
      assertThat(bus.findings()).extracting(Finding::code).isEmpty();
    }
  }

  private RabbitEventBus connect(TestBroker on) {
    return connect(on, on.options);
  }

  private RabbitEventBus connect(TestBroker on, RabbitOptions options) {
    RabbitEventBus bus = on.connect(options);
    buses.add(bus);
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event("nobody.wants")));
    return bus;
  }

  /** Ignores interruptions, until it may go on. */
  private Subscription hanging(String consumer, Duration timeout) {
    return new Subscription(
            broker.consumer(consumer),
            Set.of(CONFIRMED),
            event -> {
              begun.add(event);
              awaitUninterruptibly(goOn);
              handled.add(event);
            })
        .withTimeout(timeout);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
