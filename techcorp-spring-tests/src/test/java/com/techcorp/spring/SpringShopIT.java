package com.techcorp.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application on Spring Boot, with its versions of Flyway and Jackson, takes orders. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext // closes before the JVM ends, and PostgreSQL with it
class SpringShopIT {
  private static final long PATIENCE_SECONDS = 120;

  private final UUID user = UUID.randomUUID();
  private final UUID address = UUID.randomUUID();
  private final UUID product = UUID.randomUUID();

  @Autowired private SpringShop shop;
  @Autowired private SpringShop.Checkout checkout;
  @Autowired private TechCorp techCorp;
  @Autowired private DataSource dataSource;
  @Autowired private JdbcClient sql;

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    PostgresServer server = PostgresServer.shared();
    String name = server.createDatabase();
    properties.add("spring.datasource.url", () -> server.jdbcUrl(name));
    properties.add("spring.datasource.hikari.maximum-pool-size", () -> 16);
  }

  @BeforeEach
  void stock() {
    shop.catalog.put(new Product(product, "Lamp", 1_999, "EUR", 1));
    shop.customers.put(new Customer(user, "ada@example.org", "Ada", "en"), address);
    techCorp.inventory().restock(product, 5);
  }

  private PlaceOrder order() {
    UUID cart = UUID.randomUUID();
    shop.carts.put(new Cart(cart, user, List.of(new Cart.Item(product, 2))));
    return PlaceOrder.of(user, cart, address, "card", "tok_visa");
  }

  private long notes() {
    return sql.sql("select count(*) from orders.notes").query(Long.class).single();
  }

  private long notes(UUID orderId) {
    return sql.sql("select count(*) from orders.notes where order_id = ?")
        .param(orderId)
        .query(Long.class)
        .single();
  }

  @Test
  void theVersionsAreSpringBoots() throws IOException {
    assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
    try (InputStream version = Flyway.class.getResourceAsStream("internal/version.txt")) {
      assertThat(version).asString(StandardCharsets.UTF_8).startsWith("12.");
    }
    assertThat(JsonMapper.shared().version().getMajorVersion()).isEqualTo(3);
  }

  @Test
  void anOrderIsPlacedInATransactionOfTheApplications() throws Exception {
    // when
    OrderReceipt receipt = checkout.place(order(), "wrap it");

    // then
    assertThat(receipt.outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(new OrderOutcome.Confirmed(receipt.orderId()));
    assertThat(notes(receipt.orderId())).isEqualTo(1);
    assertThat(InvariantCheck.on(dataSource).withSchemas(SpringShop.SCHEMAS).run().violations())
        .isEmpty();
  }

  @Test
  void anOrderIsRolledBackWithTheApplicationsTransaction() throws Exception {
    // given
    PlaceOrder request = order();
    long before = notes();

    // when: the note is refused after the order was placed
    assertThatThrownBy(() -> checkout.place(request, null))
        .isInstanceOf(DataIntegrityViolationException.class);

    // then
    assertThat(techCorp.orders().list(user, 10)).isEmpty();
    assertThat(notes()).isEqualTo(before);
    assertThat(techCorp.orders().place(request).outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("its cart is free again")
        .isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void aHistoryIsServedAsJson() throws Exception {
    // given
    OrderReceipt receipt = techCorp.orders().place(order());
    receipt.outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    // when
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + port
                                + "/orders/"
                                + receipt.orderId()
                                + "/history"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    // then
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode history = JsonMapper.shared().readTree(response.body());
    assertThat(history.path("orderId").asString()).isEqualTo(receipt.orderId().toString());
    JsonNode created = history.path("events").path(0);
    assertThat(created.path("type").asString()).isEqualTo("CREATED");
    assertThat(created.path("data").path("amount").asLong()).isEqualTo(2 * 1_999);
    assertThat(created.path("data").path("items").path(0).path("product_id").asString())
        .isEqualTo(product.toString());
    assertThat(history.path("events").path(1).path("data").path("currency").asString())
        .isEqualTo("EUR");
  }
}
