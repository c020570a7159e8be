package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database dies, is out of reach, is slow, or does not say what it did. */
@Tag("slow")
class DatabaseOutageIT {
  private static final Duration PAUSE_BETWEEN_ORDERS = Duration.ofMillis(5);

  private PostgresServer server;
  private TcpProxy proxy;
  private Fleet fleet;
  private List<Worker> workers;

  @BeforeEach
  void open() {
    server = PostgresServer.start();
    proxy = TcpProxy.before(server);
    fleet = Fleet.on(server);
    fleet.with("url", proxy.through(fleet.database().url()));
  }

  @AfterEach
  void close() {
    proxy.close();
    fleet.close();
    server.close();
  }

  @Test
  @DisplayName("PostgreSQL is killed under load and restarted, 2 times")
  void killedAndRestarted() {
    killedAndRestarted(2);
  }

  @Test
  @Tag("soak")
  @DisplayName("PostgreSQL is killed under load and restarted, 10 times")
  void killedAndRestartedTenTimes() {
    killedAndRestarted(10);
  }

  private void killedAndRestarted(int times) {
    load();
    for (int i = 0; i < times; i++) {
      server.kill();
      server.restart();
      fleet.awaitProgress(workers);
    }
    settle("killed and restarted " + times + " times");
  }

  @Test
  @Tag("T17")
  @DisplayName("T17 a restart of PostgreSQL during recovery strands no saga")
  void restartedDuringRecovery() {
    // given: a process whose orders another one begins to take over
    workers = fleet.start("doomed", "survivor");
    fleet.provider().on().every(SimulatedCharge.approve().untilReleased());
    workers.get(0).tell("place 200 32 doomed");
    workers.get(0).await("done");
    workers.get(0).process().kill();
    await()
        .atMost(TestShop.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> fleet.count("saga.nodes where name = 'doomed'") == 0);

    // when
    server.kill();
    fleet.provider().on().clear();
    fleet.provider().releaseWaiting();
    server.restart();

    // then
    fleet.judge();
    assertThat(fleet.count("orders.orders where status = 'CONFIRMED'")).isEqualTo(200);
  }

  @Test
  @DisplayName("PostgreSQL is out of reach for longer than the lease")
  void cutOff() {
    cutOff(Fleet.LEASE.multipliedBy(2));
  }

  @Test
  @Tag("soak")
  @DisplayName("PostgreSQL is out of reach for 30 s")
  void cutOffForLong() {
    cutOff(Duration.ofSeconds(30));
  }

  private void cutOff(Duration time) {
    load();
    proxy.cut();
    pass(Duration.ofMillis(500)); // what had arrived is committed
    long written = fleet.count("orders.orders");
    pass(time);
    assertThat(fleet.count("orders.orders")).as("orders while out of reach").isEqualTo(written);
    proxy.restore();
    fleet.awaitProgress(workers);
    settle("cut off for " + time);
  }

  @Test
  @DisplayName("all packets to PostgreSQL vanish for longer than the lease")
  void blackHole() {
    blackHole(Fleet.LEASE.multipliedBy(2));
  }

  @Test
  @Tag("soak")
  @DisplayName("all packets to PostgreSQL vanish for 30 s")
  void blackHoleForLong() {
    blackHole(Duration.ofSeconds(30));
  }

  private void blackHole(Duration time) {
    fleet.with("socketTimeout", 3);
    load();
    proxy.blackHole();
    pass(time);
    proxy.restore();
    fleet.awaitProgress(workers);
    settle("in a black hole for " + time);
  }

  @Test
  @DisplayName("every answer of PostgreSQL is 2.5 s late, later than any time-out, for 8 s")
  void late() {
    late(Duration.ofMillis(2_500), Duration.ofSeconds(8));
  }

  @Test
  @Tag("soak")
  @DisplayName("every answer of PostgreSQL is 5 s late, for 60 s")
  void lateForLong() {
    late(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  private void late(Duration delay, Duration time) {
    load();
    proxy.delay(Duration.ZERO, delay);
    pass(time);
    proxy.restore();
    fleet.awaitProgress(workers);
    settle("answers late by " + delay + " for " + time);
  }

  @Test
  @DisplayName("30 replies to COMMIT are lost under load")
  void commitsWithoutReply() {
    commitsWithoutReply(30);
  }

  @Test
  @Tag("soak")
  @DisplayName("500 replies to COMMIT are lost under load")
  void manyCommitsWithoutReply() {
    commitsWithoutReply(500);
  }

  private void commitsWithoutReply(int times) {
    load();
    for (int lost = 5; lost <= times; lost += 5) {
      int target = lost;
      proxy.loseReplies(TcpProxy.COMMIT, 5);
      await().atMost(TestShop.PATIENCE).until(() -> proxy.lost() >= target);
      if (lost % 10 == 0) {
        fleet.awaitProgress(workers);
      }
    }
    settle(proxy.lost() + " replies to COMMIT lost");
  }

  private void load() {
    workers = fleet.start("one", "two");
    workers.forEach(worker -> worker.load(6, PAUSE_BETWEEN_ORDERS));
    fleet.awaitProgress(workers);
  }

  /** How long a fault lasts is what is tried here, so this is a wait for time. */
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private void settle(String what) {
    workers.forEach(Worker::stopLoad);
    int receipts = workers.stream().mapToInt(worker -> worker.placed().size()).sum();
    String errors = fleet.repeatFailed(workers.get(0));
    System.out.println(what + ": " + receipts + " receipts, " + errors);
    fleet.judge();
  }
}
