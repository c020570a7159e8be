package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one process leaves, another one finishes. */
class RecoveryIT {
  private static final int ORDERS = 25;

  /** The lease that {@link ShopProcess} holds. */
  private static final Duration LEASE = ShopProcess.LEASE;

  private TestShop shop;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private TechCorp started(Duration lease) {
    return shop.start(builder -> builder.engine(EngineOptions.DEFAULT.withLease(lease)));
  }

  @Test
  @Tag("T15")
  @DisplayName("T15 orders of a killed process are finished by another")
  void ordersOfAKilledProcessAreFinished() {
    // given: orders in flight, whose process is then gone without a word
    TechCorp survivor = started(LEASE);
    UUID product = shop.product(survivor, ORDERS);
    PlaceOrder request = shop.order(product, 1);
    List<UUID> orders = new ArrayList<>();
    OffsetDateTime killed;
    try (ChildJvm child =
        ShopProcess.start(
            shop.database(), product, ShopProcess.Provider.NEVER_ANSWERS, ORDERS, request)) {
      for (int i = 0; i < ORDERS; i++) {
        String line = child.awaitLine("order ", TestShop.PATIENCE);
        orders.add(UUID.fromString(line.substring("order ".length())));
      }
      assertThat(ownedSagas()).isEqualTo(ORDERS);

      // when
      killed = now("select clock_timestamp()");
      child.kill();
    }

    // then
    orders.forEach(
        order -> assertThat(outcome(survivor, order)).isEqualTo(new OrderOutcome.Confirmed(order)));
    Duration took = Duration.between(killed, now("select max(updated_at) from orders.orders"));
    System.out.println(ORDERS + " orders of a killed process were finished after " + took);
    assertThat(took).isLessThan(LEASE.plusSeconds(1).multipliedBy(10));
    assertThat(shop.gateway.money().charges()).isEqualTo(ORDERS);
    shop.assertSettles();
  }

  /** A time of the database's clock. */
  private OffsetDateTime now(String query) {
    return shop.sql().withHandle(h -> h.createQuery(query).mapTo(OffsetDateTime.class).one());
  }

  @Test
  void aClosingProcessHandsOverAtOnce() {
    // given: leases that nobody waits for
    TechCorp leaving = started(Duration.ofMinutes(5));
    UUID product = shop.product(leaving, ORDERS);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    List<OrderReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      receipts.add(leaving.orders().place(shop.order(product, 1)));
    }
    TestShop.eventually(() -> assertThat(shop.gateway.waiting()).isEqualTo(ORDERS));
    TechCorp staying = started(Duration.ofMinutes(5));

    // when
    leaving.close(Duration.ofMillis(50));

    // then: the charges had arrived, and are found by their references
    await()
        .atMost(TestShop.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertThat(shop.count("orders.orders where status = 'CONFIRMED'"))
                    .isEqualTo(ORDERS));
    receipts.forEach(
        receipt ->
            assertThat(outcome(staying, receipt.orderId()))
                .isInstanceOf(OrderOutcome.Confirmed.class));
    assertThat(shop.gateway.money().charges()).isEqualTo(ORDERS);
    shop.gateway.on().clear();
    shop.gateway.releaseWaiting();
    shop.assertSettles();
  }

  @Test
  void twoInstancesShareOneDatabase() {
    // given
    TechCorp one = started(LEASE);
    TechCorp two = started(LEASE);
    UUID product = shop.product(one, 2 * ORDERS);

    // when: each places, the other one waits
    List<CompletableFuture<OrderOutcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      UUID first = one.orders().place(shop.order(product, 1)).orderId();
      UUID second = two.orders().place(shop.order(product, 1)).orderId();
      outcomes.add(two.orders().outcome(first));
      outcomes.add(one.orders().outcome(second));
    }

    // then
    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome.get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(OrderOutcome.Confirmed.class));
    shop.assertSettles();
  }

  private long ownedSagas() {
    return shop.count("saga.instances where owner is not null and definition = 'order'");
  }

  private static OrderOutcome outcome(TechCorp library, UUID order) {
    try {
      return library.orders().outcome(order).get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no outcome of " + order, e);
    }
  }
}
