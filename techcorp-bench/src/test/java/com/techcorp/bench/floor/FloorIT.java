package com.techcorp.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.Costs;
import com.techcorp.bench.measure.Meters;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Draft.Line;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Shop;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written by hand must be as right as what the engine writes. */
class FloorIT {
  private static final int CLIENTS = 8;
  private static final long ORDERS = 200;
  private static final long TOO_MANY = Long.MAX_VALUE / 4;

  private static BenchServer server;
  private BenchDatabase database;
  private HikariDataSource pool;

  @BeforeAll
  static void startServer() {
    server = BenchServer.start("128MB", 500, null, new Screen(System.out));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createDatabase() throws InterruptedException {
    database = server.database(Tables.EMPTY);
    pool = database.pool(CLIENTS);
  }

  @AfterEach
  void dropDatabase() {
    pool.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Contender.class)
  void ordersOfManyClientsKeepEveryInvariant(Contender contender) throws Exception {
    try (HikariDataSource own = database.pool(12);
        Shop shop = open(contender, own)) {
      new ClosedLoop(shop, new Workload(Load.UNIFORM), CLIENTS).run(ORDERS);
      awaitSettled();
    }

    assertThat(confirmed()).isEqualTo(ORDERS);
    Verification.invariants(pool, Verification.exemptions(contender.isFloor(), false));
  }

  @ParameterizedTest
  @EnumSource(Contender.class)
  void oneHotProductIsSoldByAllClientsAtOnce(Contender contender) throws Exception {
    try (HikariDataSource own = database.pool(12);
        Shop shop = open(contender, own)) {
      new ClosedLoop(shop, new Workload(Load.HOT), CLIENTS).run(ORDERS);
      awaitSettled();
    }

    assertThat(confirmed()).isEqualTo(ORDERS);
    Verification.invariants(pool, Verification.exemptions(contender.isFloor(), false));
  }

  @ParameterizedTest
  @CsvSource({"TWO_COMMIT, 2", "COMMIT_A_STEP, 6"})
  void anOrderTakesAsManyCommitsAsItsFloorIsNamedFor(Contender floor, double commits)
      throws Exception {
    ClosedLoop.Result result;
    Costs costs;
    pool.close();
    try (Meters meters = new Meters(server, database)) {
      try (HikariDataSource own = database.pool(1);
          Shop shop = open(floor, own)) {
        meters.opened();
        result = new ClosedLoop(shop, new Workload(Load.UNIFORM), 1).run(ORDERS);
        meters.closed();
      }
      costs = meters.costs(result);
    }

    assertThat(costs.commits()).isCloseTo(commits, within(0.15));
    assertThat(costs.walBytes()).isPositive();
    assertThat(costs.rows()).isBetween(15.0, 30.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"TWO_COMMIT", "COMMIT_A_STEP"})
  void whatIsNotThereIsNotReserved(Contender floor) {
    Draft draft = new Workload(Load.UNIFORM).next(new SplittableRandom());
    UUID product = draft.lines().get(0).productId();
    Draft tooMuch =
        new Draft(
            draft.userId(),
            draft.cartId(),
            draft.addressId(),
            List.of(new Line(product, TOO_MANY, 1)));

    assertThatThrownBy(() -> open(floor, pool).order(tooMuch)).hasMessageContaining("null value");

    assertThat(database.count("select count(*) from inventory.reservations")).isZero();
    assertThat(confirmed()).isZero();
  }

  @Test
  void theTwoCommitFloorWritesNothingOfAnOrderThatFallsShort() {
    Draft draft = new Workload(Load.UNIFORM).next(new SplittableRandom());
    UUID product = draft.lines().get(0).productId();
    Draft tooMuch =
        new Draft(
            draft.userId(),
            draft.cartId(),
            draft.addressId(),
            List.of(new Line(product, TOO_MANY, 1)));

    assertThatThrownBy(() -> open(Contender.TWO_COMMIT, pool).order(tooMuch)).isNotNull();

    assertThat(database.count("select count(*) from orders.orders")).isZero();
    assertThat(database.count("select count(*) from payments.transactions")).isZero();
  }

  @Test
  void aMissingMovementIsNoticed() throws Exception {
    new ClosedLoop(open(Contender.TWO_COMMIT, pool), new Workload(Load.UNIFORM), 2).run(10);

    database.execute("delete from inventory.stock_movements where movement_type = 'SALE'");

    assertThatThrownBy(() -> Verification.invariants(pool, Verification.exemptions(true, false)))
        .isInstanceOf(Verification.FailedException.class)
        .hasMessageContaining("i1-movements-equal-reservations");
  }

  @Test
  void ordersThatWereMadeBeforehandKeepEveryInvariant() throws Exception {
    try (BenchDatabase finished = server.database(Tables.FINISHED);
        HikariDataSource connections = finished.pool(12)) {
      try (Shop shop = open(Contender.ENGINE, connections)) {
        new ClosedLoop(shop, new Workload(Load.UNIFORM), 2).run(20);
      }

      assertThat(finished.count("select count(*) from orders.orders")).isEqualTo(520);
      Verification.invariants(connections, Verification.WITHOUT_RELAY);
    }
  }

  private static Shop open(Contender contender, HikariDataSource dataSource) {
    return contender.open(dataSource, new Provider(Duration.ZERO), EngineOptions.DEFAULT);
  }

  /** On a busy machine an order may run into its time-out; what it took is then given back. */
  private void awaitSettled() {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> database.count("select count(*) from saga.instances") == 0);
  }

  private long confirmed() {
    return database.count("select count(*) from orders.orders where status = 'CONFIRMED'");
  }
}
