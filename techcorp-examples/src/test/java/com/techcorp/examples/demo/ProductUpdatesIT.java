package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.SimulatedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host changes products, and a consumer elsewhere keeps up, over RabbitMQ. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProductUpdatesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Event> arrived = new CopyOnWriteArrayList<>();
  private final Map<UUID, Long> prices = new ConcurrentHashMap<>();
  private DemoDatabase database;
  private PostgresStorage storage;
  private RabbitServer broker;
  private String virtualHost;
  private TechCorp shop;

  @BeforeEach
  void open() {
    database = DemoDatabase.open(null, null, 12);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    DemoData.load(database.dataSource(), DataFiles.bundled());
    storage = DemoShop.storage(database.dataSource());
    broker = RabbitServer.shared();
    virtualHost = broker.createVirtualHost();
    RabbitEventBus bus = RabbitEventBus.connect(broker.amqpUri(virtualHost));
    bus.subscribe(new Subscription("index", Set.of(ProductUpdates.ROUTING_KEY), this::keepUp));
    shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(SimulatedGateway.approving())
            .events(bus)
            .start();
  }

  @AfterEach
  void close() {
    shop.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
  }

  private void keepUp(Event event) {
    UUID product = event.payload().uuid("product_id");
    prices.put(product, product(product).price());
    arrived.add(event);
  }

  private Product product(UUID id) {
    return storage.catalog().find(Set.of(id)).get(id);
  }

  @Test
  void aChangeThatIsCommittedIsToldAndOneThatIsNotIsNot() throws Exception {
    // given
    List<UUID> products =
        DataFiles.bundled().catalogue().stream().limit(2).map(entry -> entry.id()).toList();

    // when
    change(products.get(0), 4_711, false);
    change(products.get(1), 4_712, true);
    change(products.get(1), 4_713, true);

    // then
    await().atMost(LIMIT).until(() -> arrived.size() >= 2);
    await().atMost(LIMIT).until(() -> shop.backlog().events() == 0);
    assertThat(prices).isEqualTo(Map.of(products.get(1), 4_713L));
    assertThat(arrived).hasSize(2).extracting(Event::id).doesNotHaveDuplicates();
    EventSchemas schemas = EventSchemas.read();
    for (Event event : arrived) {
      assertThat(schemas.problems(event)).as(event.payload().toString()).isEmpty();
    }
    assertThat(schemas.problems(example())).isEmpty();
    assertThat(InvariantCheck.on(database.dataSource()).withSettled(true).run().violations())
        .isEmpty();
  }

  private void change(UUID product, long price, boolean commits) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement update =
            connection.prepareStatement("update catalog.products set price = ? where id = ?")) {
      connection.setAutoCommit(false);
      update.setLong(1, price);
      update.setObject(2, product);
      assertThat(update.executeUpdate()).isEqualTo(1);
      storage.within(connection).publish(ProductUpdates.updated(product, List.of("price")));
      if (commits) {
        connection.commit();
      } else {
        connection.rollback();
      }
    }
  }

  private static JsonNode example() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "events.md"));
    String from = page.substring(page.indexOf("### product.updated"));
    int begin = from.indexOf("```json") + "```json".length();
    return EventSchemas.json(from.substring(begin, from.indexOf("```", begin)));
  }
}
