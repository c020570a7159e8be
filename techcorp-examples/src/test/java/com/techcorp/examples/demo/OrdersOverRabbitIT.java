package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderOutcome;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitPermissions;
import com.techcorp.servers.rabbit.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Orders whose events travel over RabbitMQ, while the broker is killed and the way to it breaks:
 * orders go on, and in the end each event had its effect, once and in its place.
 */
@Timeout(value = 1_800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersOverRabbitIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int CALLERS = 3;
  private static final int SOME = 20;

  /** So many orders are placed from one kill of the broker to the next at the most, twice. */
  private static final int MOST = 200;

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
    open(broker.amqpUri(), relay);
  }

  private void open(String uri, RelayOptions relay) throws Exception {
    proxy = TcpProxy.before("127.0.0.1", broker.port());
    shop = new RabbitShop(proxy.through(uri), relay, random);
    // goods in are published, too
    await().atMost(LIMIT).until(() -> shop.waiting() == 0 && shop.shop.backlog().events() == 0);
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
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(CompletableFuture.runAsync(() -> orderUntil(enough::get, most::get)));
    }
    broker.syncQueues();

    // when
    for (int kill = 0; kill < times; kill++) {
      await().atMost(LIMIT).until(() -> outcomes.size() - shop.mails.size() < MOST);
      most.set(outcomes.size() + MOST);
      awaitMore(shop.mails::size); // it is there, and used
      most.set(outcomes.size() + MOST);
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
    open(RelayOptions.DEFAULT.withMaxEvents(2 * SOME).withMaxAge(Duration.ofHours(1)));

    // when
    proxy.blackHole();
    orderUntil(() -> shop.shop.backlog().events() > 2 * SOME);

    // then
    long waiting = shop.waiting();
    for (int i = 0; i < SOME; i++) {
      assertThat(catchThrowable(() -> shop.order()))
          .isInstanceOf(OverloadedException.class)
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

  /** What somebody does to the broker, and whether what was in queues is gone then. */
  enum Deed {
    WIPES_EVERYTHING(true),
    DELETES_THE_EXCHANGE(false),
    DELETES_A_QUEUE(true),
    NARROWS_PERMISSIONS(false);

    private final boolean loses;

    Deed(boolean loses) {
      this.loses = loses;
    }
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  @DisplayName("S4, S7: whatever somebody does to the broker under load, each event has its effect")
  void haveTheirEffectsWhateverSomebodyDoesToTheBroker(Deed deed) throws Exception {
    // given
    String virtualHost = broker.createVirtualHost();
    String user = broker.createUser(virtualHost, RabbitPermissions.ALL);
    open(user, RelayOptions.DEFAULT);
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(CompletableFuture.runAsync(() -> orderUntil(enough::get)));
    }
    awaitMore(shop.mails::size);

    // when
    if (deed == Deed.NARROWS_PERMISSIONS) {
      broker.permit(user, virtualHost, RabbitPermissions.of("^nothing$"));
      proxy.resetAll(); // a broker remembers for a while what an open connection may do
      awaitMore(outcomes::size);
      broker.permit(user, virtualHost, RabbitPermissions.ALL);
    } else {
      delete(broker.amqpUri(virtualHost), deed);
    }
    awaitMore(outcomes::size);
    awaitMore(shop.mails::size);
    enough.set(true);
    callers.forEach(caller -> caller.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());

    // then: what was in a queue that is gone is sent again, as the runbook says
    if (deed.loses) {
      await().atMost(LIMIT).until(() -> shop.shop.backlog().events() == 0);
      shop.sendAgain(HostLedger.CONSUMER, outcomes);
      shop.sendAgain(Notifier.CONSUMER, outcomes);
    }
    awaitAllTold();
  }

  private void delete(String uri, Deed deed) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      List<String> queues = new ArrayList<>(shop.queues(HostLedger.CONSUMER));
      queues.addAll(shop.queues(Notifier.CONSUMER));
      switch (deed) {
        case DELETES_A_QUEUE -> channel.queueDelete(queues.get(0));
        case DELETES_THE_EXCHANGE -> channel.exchangeDelete(shop.exchange());
        default -> {
          channel.exchangeDelete(shop.exchange());
          for (String queue : queues) {
            channel.queueDelete(queue);
          }
        }
      }
    }
  }

  @Test
  @Tag("S5")
  @DisplayName("S5: one consumer's queue is full under load: the others and orders go on")
  void goOnWhenTheQueueOfOneConsumerIsFull() throws Exception {
    // given a consumer that takes nothing
    open(RelayOptions.DEFAULT.withMaxEvents(10 * SOME).withMaxAge(Duration.ofHours(1)));
    CountDownLatch room = new CountDownLatch(1);
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    shop.bus.subscribe(
        new Subscription(
            RabbitShop.SLOW,
            Set.of("order.confirmed", "order.cancelled"),
            event -> {
              room.await();
              seen.add(event.stream().id());
            }));

    // when
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(CompletableFuture.runAsync(() -> orderWhenThereIsRoom(5 * SOME)));
    }
    callers.forEach(caller -> caller.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());

    // then
    await().atMost(LIMIT).until(() -> shop.mails.size() == outcomes.size());
    assertThat(shop.shop.backlog().events()).isLessThan(10 * SOME);
    await().atMost(LIMIT).until(() -> shop.shop.backlog().consumers().containsKey(shop.exchange()));
    assertThat(shop.shop.health().findings()).extracting(Finding::code).contains("QUEUE_FULL");

    // when
    room.countDown();

    // then the first few were before its time
    await().atMost(LIMIT).until(() -> seen.size() == outcomes.size() - 3);
    awaitAllTold();
    await().atMost(LIMIT).until(() -> shop.shop.backlog().consumers().isEmpty());
  }

  private static void awaitMore(IntSupplier some) {
    int before = some.getAsInt();
    await().atMost(LIMIT).until(() -> some.getAsInt() >= before + SOME);
  }

  /** On a busy machine what is refused leaves the outbox more slowly than orders come. */
  private void orderWhenThereIsRoom(int count) {
    for (int i = 0; i < count; i++) {
      outcomes.add(shop.orderWhenThereIsRoom());
    }
  }

  private void order(int count) {
    for (int i = 0; i < count; i++) {
      outcomes.add(shop.order());
    }
  }

  private void orderUntil(BooleanSupplier enough) {
    orderUntil(enough, () -> Integer.MAX_VALUE);
  }

  private void orderUntil(BooleanSupplier enough, IntSupplier most) {
    while (!enough.getAsBoolean()) {
      if (outcomes.size() < most.getAsInt()) {
        outcomes.add(shop.order());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Nothing waits, nothing is missing, nothing is there twice. */
  private void awaitAllTold() throws Exception {
    await().atMost(LIMIT).until(() -> shop.shop.backlog().events() == 0);
    await().atMost(LIMIT).until(() -> shop.unsent() == 0);
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .untilAsserted(this::whole);
    assertThat(shop.ledger.lines()).isEqualTo(RabbitShop.lines(outcomes));
    assertThat(shop.judgeMails()).isEqualTo(Map.of(DeliveryStatus.ACCEPTED, outcomes.size()));
    assertThat(shop.check().violations()).isEmpty();
  }

  private void whole() throws Exception {
    shop.replay();
    Map<UUID, List<String>> lines = shop.ledger.lines();
    Map<UUID, List<String>> missing = RabbitShop.lines(outcomes);
    missing.entrySet().removeAll(lines.entrySet());
    lines.keySet().retainAll(missing.keySet());
    assertThat(missing)
        .as("orders whose lines are not, or not yet, as they must be; what there is: %s", lines)
        .isEmpty();
  }
}
