package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.Overloaded;
import com.techcorp.error.Unavailable;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.servers.RabbitServer;
import com.techcorp.testkit.servers.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Orders whose events travel over RabbitMQ, while the broker is killed and the way to it breaks:
 * orders go on, and in the end each event had its effect, once and in its place.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersOverRabbitIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int CALLERS = 3;
  private static final int SOME = 20;
  private static final Duration PAUSE = Duration.ofMillis(40);

  private static RabbitServer broker;

  private final Random random = new Random(seed());
  private final List<OrderOutcome> outcomes = new CopyOnWriteArrayList<>();
  private TcpProxy proxy;
  private RabbitShop shop;

  private static long seed() {
    long seed = Long.getLong("techcorp.seed", System.nanoTime());
    System.err.println("OrdersOverRabbitIT: -Dtechcorp.seed=" + seed);
    return seed;
  }

  @BeforeAll
  static void start() {
    broker = RabbitServer.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @AfterEach
  void close() {
    shop.close();
    proxy.close();
  }

  private void open(RelayOptions relay) throws Exception {
    proxy = TcpProxy.before("127.0.0.1", broker.port());
    shop = new RabbitShop(proxy.through(broker.amqpUri()), relay, random);
    // the first few find all queues declared
    order(3);
    await().atMost(LIMIT).until(() -> shop.mails.size() == 3);
  }

  @Test
  void haveAllTheirEffectsOnceAndInSequenceWhenTheBrokerIsKilledTwice() throws Exception {
    killed(2);
  }

  @Test
  @Tag("soak")
  void haveAllTheirEffectsOnceAndInSequenceWhenTheBrokerIsKilledTenTimes() throws Exception {
    killed(10);
  }

  private void killed(int times) throws Exception {
    // given
    open(RelayOptions.DEFAULT);
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(CompletableFuture.runAsync(() -> orderUntil(enough::get)));
    }
    broker.syncQueues();

    // when
    for (int kill = 0; kill < times; kill++) {
      awaitMore(shop.mails::size); // it is there, and used
      broker.kill();
      awaitMore(outcomes::size); // it is not, and not missed
      broker.restart();
    }
    enough.set(true);
    callers.forEach(caller -> caller.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());

    // then
    System.err.printf("%d orders, %d kills of the broker%n", outcomes.size(), times);
    awaitAllTold();
  }

  /** What becomes of the connection to the broker. */
  enum Fault {
    CUT(TcpProxy::cut),
    BLACK_HOLE(TcpProxy::blackHole),
    /** Longer than a confirm is waited for. */
    DELAY(way -> way.delay(Duration.ofSeconds(2), Duration.ofSeconds(2)));

    private final Consumer<TcpProxy> begin;

    Fault(Consumer<TcpProxy> begin) {
      this.begin = begin;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void goOnWhenTheWayToTheBrokerBreaks(Fault fault) throws Exception {
    // given
    open(RelayOptions.DEFAULT);

    // when
    fault.begin.accept(proxy);
    order(2 * SOME);

    // then whoever looks sees that it grows
    await().atMost(LIMIT).until(() -> shop.shop.backlog().events() >= 2 * SOME);
    assertThat(shop.shop.backlog().age()).isPositive();

    // when
    proxy.restore();

    // then
    awaitAllTold();
  }

  @Test
  void areRefusedOnceTooMuchWaitsForTheBroker() throws Exception {
    // given
    open(RelayOptions.DEFAULT.withBounds(2 * SOME, Duration.ofHours(1)));

    // when
    proxy.blackHole();
    orderUntil(() -> shop.shop.backlog().events() > 2 * SOME);

    // then
    long waiting = shop.waiting();
    for (int i = 0; i < SOME; i++) {
      assertThat(catchThrowable(() -> shop.order()))
          .isInstanceOf(Overloaded.class)
          .hasMessageContaining("outbox");
    }
    assertThat(shop.waiting()).isEqualTo(waiting);

    // when
    proxy.restore();

    // then
    await().atMost(LIMIT).until(() -> shop.shop.backlog().events() == 0);
    order(SOME);
    awaitAllTold();
  }

  private static void awaitMore(IntSupplier some) {
    int before = some.getAsInt();
    await().atMost(LIMIT).until(() -> some.getAsInt() >= before + SOME);
  }

  private void order(int count) {
    for (int i = 0; i < count; i++) {
      outcomes.add(shop.order());
    }
  }

  private void orderUntil(BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      outcomes.add(shop.order());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Nothing waits, nothing is missing, nothing is there twice. */
  private void awaitAllTold() throws Exception {
    await().atMost(LIMIT).until(() -> shop.shop.backlog().events() == 0);
    await().atMost(LIMIT).until(() -> shop.unsent() == 0);
    await().atMost(LIMIT).ignoreExceptionsInstanceOf(Unavailable.class).untilAsserted(this::whole);
    assertThat(shop.ledger.lines()).isEqualTo(RabbitShop.lines(outcomes));
    assertThat(shop.judgeMails()).isEqualTo(Map.of(DeliveryStatus.ACCEPTED, outcomes.size()));
    assertThat(shop.check().violations()).isEmpty();
  }

  private void whole() throws Exception {
    shop.replay();
    Map<UUID, List<String>> missing = RabbitShop.lines(outcomes);
    missing.entrySet().removeAll(shop.ledger.lines().entrySet());
    assertThat(missing)
        .as("orders whose lines are not yet, or never will be, as they must be")
        .isEmpty();
  }
}
