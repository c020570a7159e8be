package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process loses its connections again and again, or has none for long, under load. */
@Timeout(value = 1_200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitEnduranceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PUBLISHERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(1);

  /** One to publish, one to consume: each has a thread that reads. */
  private static final int CONNECTIONS = 2;

  /** Idle threads of pools come and go, also those of tests before. */
  private static final int MORE_THREADS = 8;

  private static final long MORE_BYTES = 16L << 20;

  private final TestBroker direct = TestBroker.shared();
  private final TcpProxy proxy = TcpProxy.before("127.0.0.1", RabbitServer.shared().port());
  private final TestBroker broker = direct.at(proxy.port());
  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<CompletableFuture<Void>> publishers = new ArrayList<>();
  private RabbitEventBus bus;

  @BeforeEach
  void connect() {
    bus = broker.connect(broker.options.withConfirmTimeout(Duration.ofSeconds(2)));
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    bus.subscribe(
        new Subscription(
            direct.consumer("reader"), Set.of(CONFIRMED), event -> handled.incrementAndGet()));
    for (int i = 0; i < PUBLISHERS; i++) {
      publishers.add(CompletableFuture.runAsync(this::publish));
    }
    awaitWorking();
  }

  @AfterEach
  void disconnect() throws Exception {
    enough.set(true);
    publishers.forEach(CompletableFuture::join);
    bus.close();
    proxy.close();
    direct.remove();
  }

  private void publish() {
    while (!enough.get()) {
      Event event = event(CONFIRMED);
      if (TestEvents.taken(bus, event)) {
        taken.incrementAndGet();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Test
  @DisplayName("20 lost connections leave no thread and no memory behind")
  void manyReconnects() {
    reconnects(20);
  }

  @Test
  @Tag("soak")
  @DisplayName("200 lost connections leave no thread and no memory behind")
  void veryManyReconnects() {
    reconnects(200);
  }

  private void reconnects(int times) {
    // given
    lose(times / 10);
    Footprint before = Footprint.now();

    // when
    lose(times);

    // then
    flat("after " + times + " reconnects", before);
  }

  private void lose(int times) {
    for (int i = 0; i < times; i++) {
      proxy.resetAll();
      awaitWorking();
    }
  }

  @Test
  @DisplayName("10 s without a broker, under load, take no more threads and no more memory")
  void someTimeWithoutABroker() {
    without(Duration.ofSeconds(10));
  }

  @Test
  @Tag("soak")
  @DisplayName("five minutes without a broker, under load, take no more threads and no more memory")
  void longWithoutABroker() {
    without(Duration.ofMinutes(5));
  }

  private void without(Duration time) {
    // given
    awaitWorking();
    Footprint connected = Footprint.now();
    proxy.cut();
    await().pollDelay(time.dividedBy(10)).atMost(LIMIT.plus(time)).until(() -> true);
    Footprint before = Footprint.now();

    // when
    await().pollDelay(time).atMost(LIMIT.plus(time)).until(() -> true);

    // then
    flat("after " + time + " without a broker", before);

    // when
    proxy.restore();

    // then
    awaitWorking();
    flat("with a broker again", connected);
  }

  private void awaitWorking() {
    int published = taken.get();
    int seen = handled.get();
    await().atMost(LIMIT).until(() -> taken.get() > published && handled.get() > seen);
  }

  private static void flat(String when, Footprint before) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Footprint now = Footprint.now();
              System.out.printf("%s: before %s, now %s%n", when, before, now);
              assertThat(now.connections()).isLessThanOrEqualTo(CONNECTIONS);
              assertThat(now.threads()).isLessThanOrEqualTo(before.threads() + MORE_THREADS);
              assertThat(now.bytes()).isLessThanOrEqualTo(before.bytes() + MORE_BYTES);
            });
  }

  /** What the process has of each. */
  private record Footprint(long connections, int threads, long bytes) {
    static Footprint now() {
      System.gc();
      return new Footprint(
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("AMQP Connection"))
              .count(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
  }
}
