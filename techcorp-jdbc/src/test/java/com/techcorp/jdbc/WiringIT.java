package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.error.WiringException;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderView;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wired wrongly is told at the start, with what to change. */
class WiringIT {
  private static TestShop shop;

  record Data(int number) {}

  @BeforeAll
  static void start() {
    shop = TestShop.fresh();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void everyNeededPortIsNamed() {
    PostgresStorage storage = PostgresStorage.on(shop.database().pool());
    TechCorp.Builder empty = TechCorp.builder();
    refused(empty, "no storage", "storage(");
    refused(empty.storage(storage), "no payment gateway", "payments(");
    refused(empty.payments(shop.gateway), "no cart reader", "carts(");
    refused(empty.carts(shop.carts), "no product catalogue", "catalog(");
    refused(empty.catalog(shop.catalog), "no customer directory", "customers(");
  }

  @Test
  void twoAdaptersOfOnePortAreBothNamed() {
    assertThatThrownBy(() -> shop.builder().payments(SimulatedGateway.approving()))
        .isInstanceOf(WiringException.class)
        .hasMessageContainingAll("payments", "two adapters", SimulatedGateway.class.getName());
  }

  @Test
  void aDatabaseWithoutTablesIsTold() {
    PostgresServer server = PostgresServer.shared();
    String empty = server.createDatabase();
    try (HikariDataSource pool = TestDatabase.pool(server, empty, 10)) {
      refused(on(pool), "no schema", "version 1", "PostgresStorage.migrate");
    }
    server.dropDatabase(empty);
  }

  @Test
  void aHalfMigratedDatabaseIsTold() {
    try (TestDatabase half = TestDatabase.fresh();
        TestDatabase failed = TestDatabase.fresh()) {
      TestShop.execute(half, "drop table saga.instances");
      TestShop.execute(failed, "update saga.techcorp_schema_history set success = false");
      refused(on(half.pool()), "saga.instances", "PostgresStorage.migrate");
      refused(on(failed.pool()), "PostgresStorage.migrate");
    }
  }

  @Test
  void aDatabaseOfAnUnreleasedBuildIsTold() {
    try (TestDatabase older = TestDatabase.fresh()) {
      TestShop.execute(older, "update saga.techcorp_schema_history set checksum = checksum + 1");
      refused(on(older.pool()), "made by an unreleased build", "create it anew");
      assertThatThrownBy(() -> PostgresStorage.migrate(older.pool()))
          .isInstanceOf(WiringException.class)
          .hasMessage("the database was made by an unreleased build: create it anew");
    }
  }

  @Test
  void aDatabaseOfAnUnreleasedBuildWithItsHistoryInPublicIsTold() {
    try (TestDatabase older = TestDatabase.fresh()) {
      TestShop.execute(older, "alter table saga.techcorp_schema_history set schema public");
      refused(on(older.pool()), "made by an unreleased build", "create it anew");
      assertThatThrownBy(() -> PostgresStorage.migrate(older.pool()))
          .isInstanceOf(WiringException.class)
          .hasMessage("the database was made by an unreleased build: create it anew");
    }
  }

  @Test
  @Tag("T20")
  @DisplayName("T20 a pool smaller than the engine needs is told")
  void aSmallPoolIsTold() {
    try (HikariDataSource small = TestDatabase.pool(shop.database().url(), 9)) {
      refused(on(small), "9 connections", "needs 10", "maximumPoolSize", "commitThreads");
      on(small).engine(EngineOptions.DEFAULT.withCommitThreads(1)).start().close();
    }
  }

  @Test
  void autoCommitOffIsTold() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(shop.database().url());
    config.setAutoCommit(false);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      refused(on(pool), "auto-commit off", "with auto-commit on");
    }
  }

  @Test
  void twoSagasOfOneNameAndVersionAreTold() {
    refused(
        shop.builder().saga(waiting(1)).saga(waiting(1)), "waiting version 1", "another version");
    refused(
        shop.builder().saga(SagaDefinition.named("order", Data.class).step(done("x")).build()),
        "saga order version 1");
  }

  @Test
  void stepsThatCannotStandAreTold() {
    assertThatThrownBy(
            () -> SagaDefinition.named("s", Data.class).step(done("a")).step(done("a")).build())
        .isInstanceOf(WiringException.class)
        .hasMessageContainingAll("saga s", "two steps named a");
    Step<OrderView> gift = LocalStep.named("gift", view -> List.of());
    refused(
        shop.builder().orders(OrderOptions.DEFAULT.withStepAfter("shipment", gift)),
        "gift",
        "shipment",
        "create, reserve, pay or confirm");
    refused(
        shop.builder()
            .orders(OrderOptions.DEFAULT.withStepAfter("pay", gift).withStepAfter("pay", gift)),
        "two steps named gift");
  }

  @Test
  @Tag("T19")
  @DisplayName(
      "T19 live sagas of a version this build lacks are told and left to a node that has it")
  void aVersionThisBuildLacksIsLeftToOthers() throws Exception {
    try (TestShop other = TestShop.fresh()) {
      // given: a deploy while a saga of version 1 waits
      UUID id = UUID.randomUUID();
      SagaDefinition<Data> old = waiting(1);
      try (TechCorp before = other.builder().saga(old).start()) {
        before.sagas().start(old, id, new Data(0));
        TestShop.eventually(() -> assertThat(before.admin().explain(id).saga().owner()).isNull());
      }

      // when
      TechCorp newer = other.start(builder -> builder.saga(waiting(2)));

      // then: told, and left alone although it is due
      assertThat(newer.warnings())
          .singleElement()
          .asString()
          .contains("1 live saga(s) of waiting version 1 at step wait", "beside the new one");
      assertThat(newer.admin().explain(id).text()).contains("does not have its definition");
      TestShop.execute(other.database(), "update saga.instances set next_run_at = now()");

      // when: a node that has both
      SagaDefinition<Data> both = finishing();
      TechCorp bridge = other.start(builder -> builder.saga(both).saga(waiting(2)));

      // then
      SagaOutcome outcome =
          bridge.sagas().outcome(both, id).get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(outcome.completed()).isTrue();
      assertThat(bridge.warnings()).isEmpty();
    }
  }

  private static TechCorp.Builder on(HikariDataSource pool) {
    return shop.wired().storage(PostgresStorage.on(pool));
  }

  private static void refused(TechCorp.Builder builder, String... words) {
    assertThatThrownBy(builder::start)
        .isInstanceOf(WiringException.class)
        .hasMessageContainingAll(words);
  }

  private static Step<Data> done(String name) {
    return LocalStep.named(name, data -> List.of());
  }

  private static SagaDefinition<Data> waiting(int version) {
    return SagaDefinition.named("waiting", Data.class)
        .version(version)
        .step(
            RemoteStep.<Data>named("wait", (data, call) -> StepResult.retry("not yet"))
                .retrying(RetryPolicy.every(Duration.ofHours(1), 10)))
        .build();
  }

  private static SagaDefinition<Data> finishing() {
    return SagaDefinition.named("waiting", Data.class)
        .step(RemoteStep.<Data>named("wait", (data, call) -> StepResult.done(data)))
        .build();
  }
}
