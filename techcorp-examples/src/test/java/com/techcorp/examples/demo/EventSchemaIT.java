package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.examples.data.OrderRequest;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The events of orders that end in every way, as they arrive over RabbitMQ, are what docs/events
 * says they are; and so are the examples of docs/events.md.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventSchemaIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Trace TRACE =
      new Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

  private final EventSchemas schemas = EventSchemas.read();
  private final List<Event> arrived = new CopyOnWriteArrayList<>();
  private final SimulatedGateway gateway = SimulatedGateway.approving();
  private final DataFiles files = DataFiles.bundled();
  private DemoDatabase database;
  private RabbitServer broker;
  private String virtualHost;
  private PostgresStorage storage;
  private TechCorp shop;

  @BeforeEach
  void open() {
    database = DemoDatabase.open(null, null, 14);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    DemoData.load(database.dataSource(), files);
    storage = DemoShop.storage(database.dataSource());
    broker = RabbitServer.shared();
    virtualHost = broker.createVirtualHost();
    RabbitEventBus bus = RabbitEventBus.connect(broker.amqpUri(virtualHost));
    bus.subscribe(new Subscription("auditor", OrderEventType.routingKeys(), arrived::add));
    shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(gateway)
            .sender(new RecordingSender())
            .events(bus)
            .traces(() -> Optional.of(TRACE))
            .start();
  }

  @AfterEach
  void close() {
    shop.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
  }

  @Test
  void eventsOfEveryWayOfAnOrderKeepTheirSchemas() throws IOException {
    // given orders that are sold out, delivered, refunded, declined
    gateway.on().call(3, SimulatedCharge.decline("no_funds"));
    OrderOutcome soldOut = place(0);
    DemoData.stock(database.dataSource(), files);
    OrderOutcome delivered = place(1);
    OrderOutcome refunded = place(2);
    OrderOutcome declined = place(3);
    assertThat(List.of(delivered, refunded)).hasOnlyElementsOfType(OrderOutcome.Confirmed.class);

    // when
    shop.orders().ship(delivered.orderId());
    shop.orders().deliver(delivered.orderId());
    UUID customer = storage.orders().find(refunded.orderId()).orElseThrow().userId();
    shop.orders().cancel(customer, refunded.orderId(), "changed my mind");

    // then
    await().atMost(LIMIT).until(() -> arrived.size() >= 10);
    assertTypes(soldOut, "order.cancelled");
    assertTypes(declined, "order.cancelled");
    assertTypes(
        delivered, "payment.confirmed", "order.confirmed", "order.shipped", "order.delivered");
    assertTypes(
        refunded, "payment.confirmed", "order.confirmed", "order.cancelled", "payment.refunded");
    for (Event event : arrived) {
      assertThat(schemas.problems(event)).as(event.payload().toString()).isEmpty();
      assertThat(event.trace()).contains(TRACE);
      assertThat(shop.events().of(event.stream().id()))
          .allSatisfy(again -> assertThat(schemas.problems(again)).isEmpty())
          .filteredOn(again -> again.id().equals(event.id()))
          .hasSize(1);
    }
    assertThat(arrived).extracting(Event::type).containsAll(OrderEventType.routingKeys());
    assertExamples();
  }

  private OrderOutcome place(int index) {
    OrderRequest request = files.orders().get(index);
    return shop.orders()
        .place(OrderRequests.placing(request))
        .outcome()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private void assertTypes(OrderOutcome order, String... types) {
    assertThat(arrived)
        .filteredOn(event -> event.stream().id().equals(order.orderId()))
        .extracting(Event::type)
        .containsExactly(types);
  }

  /** One for each type, with the fields that have just arrived. */
  private void assertExamples() throws IOException {
    Map<String, JsonNode> examples = examples();
    assertThat(examples.keySet()).isEqualTo(OrderEventType.routingKeys());
    examples.forEach(
        (type, example) -> {
          assertThat(schemas.problems(example)).as(example.toString()).isEmpty();
          assertThat(arrived)
              .filteredOn(event -> event.type().equals(type))
              .as("an example of %s as one that arrives; copy one of %s", type, arrived)
              .anyMatch(event -> event.payload().keySet().equals(fields(example)));
        });
  }

  private static Set<String> fields(JsonNode event) {
    Set<String> names = new HashSet<>();
    event.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, JsonNode> examples() throws IOException {
    Map<String, JsonNode> examples = new HashMap<>();
    String page = Files.readString(Path.of("..", "docs", "events.md"));
    Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> EventSchemas.json(block.group(1)))
        .filter(example -> example.has("order_id"))
        .forEach(example -> examples.put(example.path("event").asText(), example));
    return examples;
  }

  @Test
  void aConsumerTakesFieldsItDoesNotKnowAndNothingThatIsWrong() throws IOException {
    assertThat(examples()).isNotEmpty();
    for (JsonNode example : examples().values()) {
      ObjectNode event = (ObjectNode) example;
      assertThat(schemas.problemsOfConsumer(event.deepCopy().put("later", 1))).isEmpty();
      assertThat(schemas.problems(event.deepCopy().put("later", 1))).isNotEmpty();
      assertThat(schemas.problemsOfConsumer(event.deepCopy().put("version", 2))).isNotEmpty();
      assertThat(schemas.problemsOfConsumer(event.deepCopy().put("order_id", "x"))).isNotEmpty();
      assertThat(schemas.problemsOfConsumer(event.deepCopy().put("timestamp", "now"))).isNotEmpty();
      for (String field : List.of("event_id", "sequence", "timestamp")) {
        ObjectNode without = event.deepCopy();
        without.remove(field);
        assertThat(schemas.problemsOfConsumer(without)).as(field).isNotEmpty();
      }
    }
  }
}
