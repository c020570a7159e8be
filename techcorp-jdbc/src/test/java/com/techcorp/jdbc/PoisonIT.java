package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.jdbc.BatchRecorder.Batch;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderView;
import com.techcorp.order.PlaceOrder;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that nobody can finish, ten of them in a batch: they stand aside, and hurt nobody. */
@Tag("slow")
class PoisonIT {
  private static final int NEIGHBOURS = 30;
  private static final int POISON = 10;

  /** How the host's own step writes: a constraint of its table may refuse. */
  record Gift(UUID order, @Nullable String text) implements Effect {}

  private static final EffectWriter<Gift> GIFTS =
      EffectWriter.of(
          Gift.class,
          "insert into gifts (order_id, text) select * from unnest(?::uuid[], ?::text[])",
          Gift::order,
          Gift::text);

  private final Set<UUID> poison = ConcurrentHashMap.newKeySet();
  private final List<UUID> neighbours = new ArrayList<>();
  private final ThreadPoolExecutor calls =
      new ThreadPoolExecutor(48, 48, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private TestShop shop;
  private BatchRecorder batches;
  private TechCorp library;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
    TestShop.execute(
        shop.database(),
        "create table gifts (order_id uuid not null, text text not null check (text <> ''))");
  }

  @AfterEach
  void close() {
    batches.open();
    shop.gateway.releaseWaiting();
    shop.close();
    calls.shutdownNow();
  }

  /** One commit thread, so that what waits behind a batch is the next batch. */
  private void started(Step<OrderView> step) {
    started(step, Duration.ofMillis(50));
  }

  private void started(Step<OrderView> step, Duration retries) {
    Storage storage =
        PostgresStorage.builder(shop.database().pool())
            .writer(GIFTS)
            .timeout(Duration.ofSeconds(5))
            .build();
    batches = BatchRecorder.over(storage);
    library =
        shop.closing(
            shop.wired()
                .storage(batches.in(storage))
                .engine(
                    EngineOptions.DEFAULT
                        .withLease(Duration.ofMinutes(1))
                        .withPollInterval(Duration.ofMillis(50))
                        .withMaxInFlight(1_000)
                        .withCommitThreads(1)
                        .withCalls(CallOptions.DEFAULT.withExecutor(calls)))
                .orders(
                    OrderOptions.DEFAULT
                        .withPaymentTimeout(Duration.ofSeconds(30))
                        .withPaymentRetry(RetryPolicy.every(retries, 3))
                        .withStepAfter("pay", step)
                        .withVersion(2))
                .start());
  }

  private Step<OrderView> gift(@Nullable String bad) {
    return LocalStep.named(
        "gift",
        order ->
            List.of(new Gift(order.orderId(), poison.contains(order.orderId()) ? bad : "bow")));
  }

  private static <T> T broken() {
    throw new IllegalStateException("a defect of the host's");
  }

  /** Orders that wait for the provider, every fourth of them poison. */
  private void paying() {
    UUID product = shop.product(library, NEIGHBOURS + POISON);
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    for (int i = 0; i < NEIGHBOURS + POISON; i++) {
      PlaceOrder request = shop.order(product, 1);
      OrderReceipt receipt = library.orders().place(request);
      if (i % 4 == 0) {
        poison.add(receipt.orderId());
      } else {
        neighbours.add(receipt.orderId());
      }
    }
    TestShop.eventually(() -> assertThat(shop.gateway.waiting()).isEqualTo(NEIGHBOURS + POISON));
  }

  /** All answers come while one batch is held: the next batch has them all. */
  private void allAnsweredAtOnce() {
    UUID another = shop.product();
    batches.shut();
    Thread first = new Thread(() -> library.inventory().restock(another, 1));
    first.start();
    TestShop.eventually(() -> assertThat(batches.held()).isEqualTo(1));
    long before = calls.getCompletedTaskCount();
    shop.gateway.releaseWaiting();
    TestShop.eventually(
        () -> assertThat(calls.getCompletedTaskCount()).isEqualTo(before + NEIGHBOURS + POISON));
    batches.forget();
    batches.open();
  }

  private void assertNeighboursConfirmed() {
    neighbours.forEach(
        id ->
            assertThat(library.orders().outcome(id))
                .succeedsWithin(TestShop.PATIENCE)
                .isEqualTo(new OrderOutcome.Confirmed(id)));
  }

  private void assertPoisonStandsParked(String reason) {
    TestShop.eventually(
        () -> {
          List<SagaInstance> parked = library.admin().list(SagaFilter.parked(100));
          assertThat(parked)
              .extracting(SagaInstance::id)
              .containsExactlyInAnyOrderElementsOf(poison);
          assertThat(parked)
              .extracting(saga -> saga.position().lastError())
              .allSatisfy(error -> assertThat(error).contains(reason));
        });
    TestShop.eventually(
        () -> assertThat(shop.count("messaging.outbox")).as("events to publish").isZero());
    TestShop.eventually(
        () -> assertThat(shop.count("messaging.consumer_backlog")).as("events to take").isZero());
    assertThat(library.admin().list(SagaFilter.all(100))).as("nothing else").hasSize(POISON);
    InvariantReport report = InvariantCheck.on(shop.database().pool()).withSettled(true).run();
    assertThat(report.violations()).as(report.text()).isEmpty();
  }

  private void assertFinishesOnceRepaired() {
    Set<UUID> repaired = Set.copyOf(poison);
    poison.clear();
    shop.gateway.on().clear();
    repaired.forEach(id -> library.admin().retry(id, "olga", "repaired"));
    repaired.forEach(
        id ->
            assertThat(library.orders().outcome(id))
                .succeedsWithin(TestShop.PATIENCE)
                .isEqualTo(new OrderOutcome.Confirmed(id)));
    assertThat(shop.gateway.calls(SimulatedCall.CHARGE)).isEqualTo(NEIGHBOURS + POISON);
    assertThat(shop.gateway.money().charges()).isEqualTo(NEIGHBOURS + POISON);
    shop.assertSettles();
  }

  @Test
  @Tag("T18")
  @DisplayName("T18: ten orders whose local step throws are parked; their batch commits at once")
  void aLocalStepThatThrows() {
    // given
    started(
        LocalStep.named("gift", order -> poison.contains(order.orderId()) ? broken() : List.of()));
    paying();

    // when
    allAnsweredAtOnce();

    // then
    assertNeighboursConfirmed();
    assertPoisonStandsParked("a defect of the host's");
    assertThat(batches.batches()).as("no batch fails").noneMatch(Batch::failed);
    neighbours.forEach(id -> assertThat(batches.of(id)).as("batches of a neighbour").hasSize(1));
    assertThat(batches.of(neighbours.get(0)).get(0).ids()).containsAll(poison);
    assertFinishesOnceRepaired();
  }

  @Test
  @Tag("T18")
  @DisplayName("T18: ten orders whose remote step throws are parked when its retries are spent")
  void aRemoteStepThatThrows() {
    // given
    started(
        RemoteStep.<OrderView>named(
                "courier",
                (order, call) ->
                    poison.contains(order.orderId()) ? broken() : StepResult.done(order))
            .retrying(RetryPolicy.every(Duration.ofMillis(50), 3)));
    paying();

    // when
    allAnsweredAtOnce();

    // then
    assertNeighboursConfirmed();
    assertPoisonStandsParked("a defect of the host's");
    assertThat(batches.batches()).noneMatch(Batch::failed);
    assertFinishesOnceRepaired();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  @Tag("T18")
  @DisplayName(
      "T18: rows that break a constraint: neighbours commit on the first re-run as singles")
  void aRowThatBreaksAConstraint(String text) {
    // given: a CHECK constraint, which guards use too, or NOT NULL
    started(gift(text.equals("null") ? null : text));
    paying();

    // when
    allAnsweredAtOnce();

    // then
    assertNeighboursConfirmed();
    assertPoisonStandsParked("the storage refused its data");
    neighbours.forEach(
        id -> {
          List<Batch> ran = batches.of(id);
          assertThat(ran).as("the batch, and its re-run").hasSize(2);
          assertThat(ran.get(0).ids()).hasSize(NEIGHBOURS + POISON);
          assertThat(ran.get(0).fault()).isInstanceOf(UnstorableDataException.class);
          assertThat(ran.get(1)).isEqualTo(new Batch(List.of(id), null));
        });
    poison.forEach(
        id -> {
          List<Batch> ran = batches.of(id);
          assertThat(ran).as("the batch, its re-run, and being parked").hasSize(3);
          assertThat(ran.get(1).ids()).containsExactly(id);
          assertThat(ran.get(1).fault()).isInstanceOf(UnstorableDataException.class);
          assertThat(ran.get(2).failed()).isFalse();
        });
    assertFinishesOnceRepaired();
  }

  @Test
  @Tag("T18")
  @DisplayName("T18: ten orders whose data cannot be read are parked as they are")
  void dataThatCannotBeRead() {
    // given: orders that wait to ask the provider, which did not answer
    started(gift("bow"), Duration.ofMinutes(10));
    UUID product = shop.product(library, NEIGHBOURS + POISON);
    shop.gateway.on().every(SimulatedCharge.loseAnswer());
    for (int i = 0; i < NEIGHBOURS + POISON; i++) {
      UUID id = library.orders().place(shop.order(product, 1)).orderId();
      (i % 4 == 0 ? poison : neighbours).add(id);
    }
    TestShop.eventually(
        () -> assertThat(shop.count("saga.instances where owner is not null")).isZero());
    TestShop.execute(shop.database(), "create table kept as select id, data from saga.instances");
    shop.sql()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update saga.instances set data = '{"orderId": tok_secret'
                        where id = any (:ids)
                        """)
                    .bindArray("ids", UUID.class, poison.toArray())
                    .execute());

    // when
    for (UUID id : poison) {
      library.admin().retry(id, "olga", "look again");
    }
    for (UUID id : neighbours) {
      library.admin().retry(id, "olga", "look again");
    }

    // then
    assertNeighboursConfirmed();
    assertPoisonStandsParked("cannot be read as");
    assertThat(library.admin().list(SagaFilter.parked(100)).toString())
        .doesNotContain("tok_secret");
    TestShop.execute(
        shop.database(), "update saga.instances i set data = k.data from kept k where k.id = i.id");
    assertFinishesOnceRepaired();
  }
}
