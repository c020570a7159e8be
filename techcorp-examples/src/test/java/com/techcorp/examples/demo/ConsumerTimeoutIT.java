package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.contracts.LogCapture;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** A broker that gives its consumers two seconds for a delivery. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConsumerTimeoutIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIRMED = "order.confirmed";
  private static final String CONSUMER = "slow";

  @TempDir private static Path directory;

  private final LogCapture logged = LogCapture.of("com.techcorp.amqp");
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicBoolean first = new AtomicBoolean(true);
  private final List<Event> effects = new CopyOnWriteArrayList<>();
  private final List<Event> repeated = new CopyOnWriteArrayList<>();
  private DemoDatabase database;
  private PostgresStorage storage;
  private RabbitServer broker;
  private RabbitEventBus bus;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(directory.resolve("conf.d"));
    Files.writeString(directory.resolve("conf.d/timeout.conf"), "consumer_timeout = 2000\n");
    // The broker looks once a minute otherwise; rabbitmq.conf has no name for that.
    Files.writeString(
        directory.resolve("advanced.config"), "[{rabbit, [{channel_tick_interval, 500}]}].\n");
    broker = RabbitServer.start(directory);
    database = DemoDatabase.open(null, null, 4);
    PostgresStorage.migrate(database.dataSource());
    storage = PostgresStorage.on(database.dataSource());
    bus =
        RabbitEventBus.connect(
            broker.amqpUri(),
            RabbitOptions.DEFAULT.withWaits(List.of(Duration.ofMillis(50), Duration.ofMillis(50))));
    bus.subscribe(new Subscription(CONSUMER, Set.of(CONFIRMED), this::handle));
  }

  @AfterEach
  void close() {
    goOn.countDown();
    bus.close();
    logged.close();
    broker.close();
    database.close();
  }

  /** The first time it is slower than the broker allows. */
  private void handle(Event event) throws InterruptedException {
    if (first.getAndSet(false)) {
      goOn.await();
    }
    WriteSet writeSet = WriteSet.of(event.id(), new InboxEffect.Receive(CONSUMER, event.id()));
    CommitResult result = storage.unitOfWork().commit(null, List.of(writeSet)).get(0);
    (result instanceof CommitResult.Committed ? effects : repeated).add(event);
  }

  @Test
  @Tag("T29")
  @DisplayName(
      "T29: a consumer that loses its channel to the broker's time-out says so and goes on")
  void aConsumerThatLosesItsChannelSaysSoAndGoesOn() {
    // given a handler that is slower than the broker allows
    Event slow = event();
    publish(slow);

    // when the broker has closed its channel, and delivers it again while it is at work
    await().atMost(LIMIT).until(() -> !errors().isEmpty());

    // then
    assertThat(errors())
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "Consumer slow had a delivery for longer than the broker's"
                            + " consumer_timeout")
                    .contains("raise consumer_timeout in rabbitmq.conf", "2000 ms"));
    assertThat(effects).isEmpty();

    // when it comes to its end after all
    goOn.countDown();
    await().atMost(LIMIT).until(() -> effects.contains(slow));

    // then it still consumes
    Event next = event();
    publish(next);
    await().atMost(LIMIT).until(() -> effects.contains(next));
    assertThat(effects).containsExactly(slow, next);
    assertThat(bus.deadLetters(CONSUMER).peek(1)).isEmpty();
  }

  private List<String> errors() {
    return logged.lines().stream()
        .filter(line -> line.level() == Level.ERROR)
        .map(LogCapture.Line::message)
        .toList();
  }

  private void publish(Event event) {
    await().atMost(LIMIT).until(() -> bus.publish(event).join());
  }

  private static Event event() {
    UUID id = UUID.randomUUID();
    UUID order = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", CONFIRMED);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", 1);
    return new Event(id, OrderEventType.streamOf(order), 1, CONFIRMED, payload.build());
  }
}
