package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static com.techcorp.amqp.TestEvents.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is short of memory reads nothing from connections that publish. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitAlarmIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Test
  @Tag("S8")
  @DisplayName("S8: a process that may not publish for now begins to consume, and goes on with it")
  void consumingGoesOnWhilePublishingIsBlocked(@TempDir Path directory) throws Exception {
    try (RabbitServer server = RabbitServer.start(directory)) {
      // given a queue with events, at a broker that is then short of memory
      TestBroker broker = TestBroker.on(server.amqpUri());
      List<Event> waiting = Stream.generate(() -> event(CONFIRMED)).limit(100).toList();
      try (RabbitEventBus before = broker.connect()) {
        before.subscribe(subscription(new CopyOnWriteArrayList<>()));
      }
      try (RabbitEventBus before = broker.connect()) {
        assertThat(before.awaitConnected(LIMIT)).isTrue();
        waiting.forEach(event -> assertThat(taken(before, event)).isTrue());
      }
      server.syncQueues();
      Files.writeString(
          Files.createDirectories(directory.resolve("conf.d")).resolve("alarm.conf"),
          "vm_memory_high_watermark.absolute = 1MB\n");
      server.restart();

      // a check that times out would connect again, which helps for a moment
      RabbitOptions noChecks = broker.options.withTopologyCheck(Duration.ofHours(1));
      try (RabbitEventBus bus = broker.connect(noChecks)) {
        assertThat(bus.awaitConnected(LIMIT)).isTrue();
        AtomicInteger refused = new AtomicInteger();
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(10))
            .until(
                () -> {
                  // the broker takes the first and answers it when it has memory again
                  bus.publish(event(CONFIRMED))
                      .exceptionally(failure -> refused.incrementAndGet() < 0);
                  return refused.get() > 0;
                });

        // when
        List<Event> handled = new CopyOnWriteArrayList<>();
        bus.subscribe(subscription(handled));

        // then
        await().atMost(LIMIT).until(() -> handled.containsAll(waiting));
        assertThat(taken(bus, event(CONFIRMED))).isFalse();
      }
    }
  }

  private static Subscription subscription(List<Event> handled) {
    return new Subscription("mail", Set.of(CONFIRMED), handled::add);
  }
}
