package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process stands still for longer than its lease, and then goes on as if nothing had been. */
@Tag("alone")
@DisabledOnOs(OS.WINDOWS)
class PauseIT {
  private static final Duration PAUSE_BETWEEN_ORDERS = Duration.ofMillis(5);

  private Fleet fleet;

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  @Tag("T15")
  @DisplayName("T15 a stopped process changes nothing after its lease, and carries on")
  void aStoppedProcessChangesNothing() {
    stopAndContinue(3);
  }

  @Test
  @Tag("T15")
  @Tag("soak")
  void aStoppedProcessChangesNothingTwentyTimes() {
    stopAndContinue(20);
  }

  private void stopAndContinue(int times) {
    // given
    fleet = Fleet.fresh();
    fleet.audit();
    List<Worker> workers = fleet.start("stopped", "other");
    Worker stopped = workers.get(0);
    workers.forEach(worker -> worker.load(6, PAUSE_BETWEEN_ORDERS));
    fleet.awaitProgress(workers);

    try (LockWaits waits = LockWaits.behind(fleet, "stopped")) {
      for (int i = 1; i <= times; i++) {
        // when
        String node = node();
        stopped.process().pause();
        await().atMost(TestShop.PATIENCE).until(() -> !node().equals(node));
        fleet.awaitProgress(List.of(workers.get(1)));

        // then: the server has ended what it held, while it stands still
        await().atMost(TestShop.PATIENCE).until(() -> waits.open() == 0);

        // and when
        stopped.process().resume();

        // then
        await().atMost(TestShop.PATIENCE).until(() -> !node().isEmpty());
        fleet.awaitProgress(workers);
        assertThat(changesWithoutLease(node))
            .as(
                () ->
                    "changes between the end of node " + node + " and the next; nodes: " + nodes())
            .isEmpty();
      }
      System.out.printf(
          "stopped %d times under load; longest wait for a lock of the stopped process: %s%n",
          times, waits.longest());
    }

    // and then
    workers.forEach(Worker::stopLoad);
    String errors = fleet.repeatFailed(workers.get(1));
    System.out.println(fleet.orders() + " orders, " + errors);
    fleet.judge();
  }

  /** The node of the process that is stopped, or nothing. */
  private String node() {
    return fleet
        .sql()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(max(id)::text, '') from saga.nodes where name = 'stopped'")
                    .mapTo(String.class)
                    .one());
  }

  /**
   * What it changed between the end of a node of its and the beginning of its next one. A reversal
   * comes with the report of a charge that the provider confirmed: that much it may say.
   */
  private List<String> changesWithoutLease(String node) {
    return fleet
        .sql()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select a.what || ' ' || a.id || ' at ' || a.at from audit a
                        where a.who = 'stopped' and a.what <> 'instances INSERT reversal'
                          and a.at > (select at from audit where what = 'nodes DELETE' and id = :node)
                          and a.at < (select min(at) from audit
                            where what = 'nodes INSERT' and who = 'stopped' and id::int > :node::int)
                        """)
                    .bind("node", node)
                    .mapTo(String.class)
                    .list());
  }

  private List<String> nodes() {
    return fleet
        .sql()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select who || ' ' || what || ' ' || id || ' at ' || at from audit"
                            + " where what in ('nodes INSERT', 'nodes DELETE') order by at")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  @Tag("T11")
  @DisplayName("T11 a charge sent by a process that slept through the order's end is reversed")
  void aChargeAfterTheOrdersEndIsReversed() {
    // given: a process stopped between the engine's check and its call
    fleet = Fleet.fresh(SimulatedGateway.builder().supportsCancel(false));
    List<Worker> workers = fleet.start("stopped", "other");
    Worker stopped = workers.get(0);
    Worker other = workers.get(1);
    stopped.tell("hold");
    stopped.await("holding");
    stopped.tell("place 1 1 late");
    UUID order = UUID.fromString(stopped.await("charging").substring("charging ".length()));
    stopped.process().pause();

    // when: another one cancels the order meanwhile
    other.tell("cancel " + order);
    other.await("cancelling");
    await()
        .atMost(TestShop.PATIENCE)
        .until(() -> fleet.count("orders.orders where status = 'CANCELLED'") == 1);
    assertThat(fleet.provider().money(order)).isEqualTo(SimulatedMoney.NONE);
    stopped.tell("go");
    stopped.process().resume();

    // then
    await().atMost(TestShop.PATIENCE).until(() -> fleet.provider().money(order).charges() == 1);
    long charged = System.nanoTime();
    await().atMost(TestShop.PATIENCE).until(() -> fleet.provider().money(order).kept() == 0);
    System.out.println(
        "the late charge was given back after " + Duration.ofNanos(System.nanoTime() - charged));
    fleet.judge();
    assertThat(fleet.provider().money(order))
        .isEqualTo(new SimulatedMoney(TestShop.PRICE, TestShop.PRICE, 1, 1));
  }
}
