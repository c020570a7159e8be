package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.examples.data.OrderRequest;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Subscription;
import com.techcorp.notification.Message;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.servers.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Orders on PostgreSQL whose events travel over RabbitMQ, to mails and to a consumer of the host's.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersOverRabbitIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ORDERS = 60;
  private static final DataFiles FILES = DataFiles.bundled();

  private final Set<UUID> paid = ConcurrentHashMap.newKeySet();
  private final RecordingSender mails = new RecordingSender();
  private DemoDatabase database;
  private RabbitServer broker;
  private TechCorp shop;

  @BeforeEach
  void open() {
    database = DemoDatabase.open(null, null, 14);
    PostgresStorage.migrate(database.dataSource());
    DemoData.load(database.dataSource(), FILES);
    DemoData.stock(database.dataSource(), FILES);
    broker = RabbitServer.start();
    PostgresStorage storage = PostgresStorage.on(database.dataSource());
    RabbitEventBus bus =
        RabbitEventBus.connect(
            broker.amqpUri(),
            RabbitOptions.DEFAULT.withWaits(List.of(Duration.ofMillis(50), Duration.ofSeconds(1))));
    bus.subscribe(
        new Subscription(
            "accounting", Set.of("payment.confirmed"), event -> paid.add(event.orderId())));
    shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(SimulatedGateway.approving())
            .sender(mails)
            .events(bus)
            .start();
  }

  @AfterEach
  void close() {
    shop.close();
    broker.close();
    database.close();
  }

  @Test
  void goOnWhileTheBrokerIsAwayAndAreToldOnceWhenItIsBack() {
    // given
    List<OrderRequest> requests = FILES.orders().subList(0, ORDERS);
    List<OrderOutcome> outcomes = new ArrayList<>(place(requests.subList(0, ORDERS / 3)));
    await().atMost(LIMIT).until(() -> !paid.isEmpty());
    broker.syncQueues();

    // when
    broker.kill();
    outcomes.addAll(place(requests.subList(ORDERS / 3, ORDERS)));

    // then
    await().atMost(LIMIT).until(() -> shop.backlog().events() >= ORDERS / 3);

    // when
    broker.restart();

    // then each is told once, also those that ended for want of stock
    await().atMost(LIMIT).until(() -> mails.messages().size() >= ORDERS);
    await().atMost(LIMIT).until(() -> paid.equals(confirmed(outcomes)));
    await().atMost(LIMIT).until(() -> shop.backlog().events() == 0);
    assertThat(mails.attempts()).hasSize(ORDERS);
    assertThat(mails.attempts()).extracting(Message::deliveryId).doesNotHaveDuplicates();
    assertThat(InvariantCheck.on(database.dataSource()).settled(true).run().violations()).isEmpty();
  }

  private List<OrderOutcome> place(List<OrderRequest> requests) {
    return requests.stream()
        .map(request -> shop.orders().place(OrderRequests.placing(request)))
        .map(receipt -> receipt.outcome().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
        .toList();
  }

  private static Set<UUID> confirmed(List<OrderOutcome> outcomes) {
    return outcomes.stream()
        .filter(OrderOutcome.Confirmed.class::isInstance)
        .map(OrderOutcome::orderId)
        .collect(Collectors.toSet());
  }
}
