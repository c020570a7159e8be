package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose wall clock jumps by an hour either way, beside one whose clock is right: leases,
 * holds and retries are the database's business, so nothing is different.
 */
@Tag("alone")
class ClockJumpIT {
  private static final int ORDERS = 20;
  private static final Duration LEASE = ShopProcess.LEASE;

  @TempDir private Path folder;
  private TestShop shop;
  private TechCorp neighbour;
  private UUID product;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
    neighbour = shop.start(builder -> builder.engine(EngineOptions.DEFAULT.withLease(LEASE)));
    product = shop.product(neighbour, ORDERS);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private ChildJvm jumping(ShopProcess.Provider provider) throws Exception {
    PlaceOrder request = shop.order(product, 1);
    return ShopProcess.start(
        shop.database(),
        product,
        provider,
        ORDERS,
        request,
        "-XX:TieredStopAtLevel=1",
        "-javaagent:" + JumpingClock.agent(folder));
  }

  private static List<UUID> placed(ChildJvm child) {
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      String line = child.awaitLine("order ", TestShop.PATIENCE);
      orders.add(UUID.fromString(line.substring("order ".length())));
    }
    return orders;
  }

  /** The proof that the clock was wrong: ids are made of it, and of nothing else is. */
  private void assertTheClockWasWrong(List<UUID> orders) {
    for (UUID id : orders) {
      Instant told = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
      Instant created = time("select created_at from orders.orders where id = '" + id + "'");
      assertThat(Duration.between(told, created).abs())
          .as("how wrong the clock was")
          .isBetween(JumpingClock.JUMP.minusMinutes(10), JumpingClock.JUMP.plusMinutes(10));
    }
  }

  private Instant time(String sql) {
    return shop.sql()
        .withHandle(h -> h.createQuery(sql).mapTo(OffsetDateTime.class).one().toInstant());
  }

  private List<String> nodes() {
    return shop.sql()
        .withHandle(
            h ->
                h.createQuery("select id || ' ' || epoch from saga.nodes order by id")
                    .mapTo(String.class)
                    .list());
  }

  private void assertHoldsAreTimedByTheDatabase() {
    assertThat(
            shop.count(
                "inventory.reservations where expires_at - created_at <> interval '15 minutes'"))
        .isZero();
    assertThat(
            shop.count(
                "inventory.reservations where created_at not between saga.clock() - interval '5"
                    + " minutes' and saga.clock()"))
        .isZero();
  }

  @Test
  void ordersAreConfirmedAndTheLeaseIsKept() throws Exception {
    try (ChildJvm child = jumping(ShopProcess.Provider.APPROVES)) {
      // when
      List<UUID> orders = placed(child);

      // then: its orders are done, and it is still the same node two leases later
      orders.forEach(
          id ->
              assertThat(neighbour.orders().outcome(id))
                  .succeedsWithin(TestShop.PATIENCE)
                  .isEqualTo(new OrderOutcome.Confirmed(id)));
      Instant renewed = time("select min(lease_until) from saga.nodes");
      List<String> nodes = nodes();
      assertThat(nodes).hasSize(2);
      TestShop.eventually(
          () ->
              assertThat(time("select min(lease_until) from saga.nodes"))
                  .isAfter(renewed.plus(LEASE.multipliedBy(2))));
      assertThat(nodes()).as("nobody lost a lease").isEqualTo(nodes);
      assertTheClockWasWrong(orders);
      assertHoldsAreTimedByTheDatabase();
      child.kill();
    }
    shop.assertSettles();
  }

  @Test
  void whatAKilledProcessLeavesIsFinishedOnceWithinTheLease() throws Exception {
    // given
    List<UUID> orders;
    try (ChildJvm child = jumping(ShopProcess.Provider.NEVER_ANSWERS)) {
      orders = placed(child);
      assertTheClockWasWrong(orders);

      // when
      child.kill();
    }
    long killed = System.nanoTime();

    // then
    orders.forEach(
        id ->
            assertThat(neighbour.orders().outcome(id))
                .succeedsWithin(TestShop.PATIENCE)
                .isEqualTo(new OrderOutcome.Confirmed(id)));
    Duration took = Duration.ofNanos(System.nanoTime() - killed);
    System.out.println(
        ORDERS + " orders of a process with a wrong clock were finished after " + took);
    assertThat(shop.gateway.money().charges()).isEqualTo(ORDERS);
    assertHoldsAreTimedByTheDatabase();
    shop.assertSettles();
  }
}
