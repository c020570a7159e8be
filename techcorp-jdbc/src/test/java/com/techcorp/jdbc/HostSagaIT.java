package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.error.Failure;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderView;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sagas and steps as a host writes them, with a table of its own. */
class HostSagaIT {
  private TestShop shop;
  private final AtomicReference<StepResult<Trip>> airline = new AtomicReference<>();
  private final AtomicReference<StepResult<Trip>> airlineUndo = new AtomicReference<>();
  private final AtomicReference<Failure> hotel = new AtomicReference<>();
  private final AtomicInteger undone = new AtomicInteger();

  // What the host writes: the saga's data, an effect, its writer, the steps.

  record Trip(UUID id, String traveller) {}

  record Note(UUID id, String what) implements Effect {}

  private static final EffectWriter<Note> NOTES =
      EffectWriter.of(
          Note.class,
          "insert into trip_notes (trip, what) select * from unnest(?::uuid[], ?::text[])",
          Note::id,
          Note::what);

  private SagaDefinition<Trip> trips() {
    return SagaDefinition.named("trip", Trip.class)
        .step(
            LocalStep.<Trip>named("request", trip -> note(trip, "requested"))
                .compensatedBy((trip, why) -> note(trip, "withdrawn: " + why.code())))
        .step(
            RemoteStep.<Trip>named("fly", (trip, call) -> airline.get())
                .undoneBy(
                    (trip, call) -> {
                      undone.incrementAndGet();
                      return airlineUndo.get();
                    })
                .compensatedBy((trip, why) -> note(trip, "flight given back"))
                .retrying(RetryPolicy.every(Duration.ofMillis(50), 1_000)))
        .step(
            RemoteStep.<Trip>named(
                "sleep",
                (trip, call) ->
                    hotel.get() == null
                        ? StepResult.done(trip, new Note(trip.id(), "done"))
                        : StepResult.rejected(hotel.get())))
        .build();
  }

  private static List<Effect> note(Trip trip, String what) {
    return List.of(new Note(trip.id(), what));
  }

  // The tests.

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
    TestShop.execute(
        shop.database(),
        "create table trip_notes (n int generated always as identity, trip uuid, what text)");
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private TechCorp.Builder wired() {
    return shop.wired()
        .storage(PostgresStorage.builder(shop.database().pool()).writer(NOTES).build());
  }

  private List<String> notes(UUID trip) {
    return shop.sql()
        .withHandle(
            h ->
                h.createQuery("select what from trip_notes where trip = :trip order by n")
                    .bind("trip", trip)
                    .mapTo(String.class)
                    .list());
  }

  private static SagaOutcome outcome(TechCorp library, SagaDefinition<Trip> saga, UUID id)
      throws Exception {
    return library.sagas().outcome(saga, id).get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aHostsSagaRunsToItsEnd() throws Exception {
    // given
    SagaDefinition<Trip> trips = trips();
    TechCorp library = shop.closing(wired().saga(trips).start());
    Trip trip = new Trip(UUID.randomUUID(), "Ana");
    airline.set(StepResult.done(trip, new Note(trip.id(), "flight booked")));

    // when
    SagaOutcome outcome = library.sagas().start(trips, trip.id(), trip).get(60, TimeUnit.SECONDS);

    // then
    assertThat(outcome.completed()).isTrue();
    assertThat(notes(trip.id())).containsExactly("requested", "flight booked", "done");
    assertThat(shop.count("saga.history where outcome = 'COMPLETED'")).isEqualTo(1);
  }

  @Test
  @Tag("T23")
  @DisplayName("T23 the compensation of a host's saga survives a restart")
  void theCompensationSurvivesARestart() throws Exception {
    // given: the hotel is full, and the airline does not take the flight back for now
    Trip trip = new Trip(UUID.randomUUID(), "Ana");
    airline.set(StepResult.done(trip));
    airlineUndo.set(StepResult.retry("closed at night"));
    hotel.set(Failure.of("FULL", "no room"));
    SagaDefinition<Trip> before = trips();
    try (TechCorp first = wired().saga(before).start()) {
      first.sagas().start(before, trip.id(), trip);
      TestShop.eventually(() -> assertThat(undone.get()).isGreaterThan(2));
      assertThat(first.admin().explain(trip.id()).text()).contains("COMPENSATING", "FULL");
    }

    // when: another process, and the airline is open again
    airlineUndo.set(StepResult.done(trip));
    SagaDefinition<Trip> after = trips();
    TechCorp second = shop.closing(wired().saga(after).start());

    // then
    assertThat(outcome(second, after, trip.id()).failure())
        .isEqualTo(Failure.of("FULL", "no room"));
    assertThat(notes(trip.id()))
        .containsExactly("requested", "flight given back", "withdrawn: FULL");
    assertThat(second.admin().list(SagaFilter.all(10))).isEmpty();
  }

  @Test
  void anExtraStepOfTheOrderSagaIsCompensated() {
    // given: gifts are wrapped between reservation and payment
    Step<OrderView> wrap =
        LocalStep.<OrderView>named("wrap", order -> List.of(new Note(order.orderId(), "wrapped")))
            .compensatedBy((order, why) -> List.of(new Note(order.orderId(), "unwrapped")));
    TechCorp library =
        shop.closing(
            wired()
                .orders(OrderOptions.DEFAULT.withStepAfter("reserve", wrap).withVersion(2))
                .start());
    UUID product = shop.product(library, 5);

    // when
    OrderReceipt paid = library.orders().place(shop.order(product, 1));
    OrderOutcome confirmed = TestShop.outcome(paid);
    shop.gateway.on().every(SimulatedCharge.decline("no_funds"));
    OrderReceipt poor = library.orders().place(shop.order(product, 1));
    OrderOutcome declined = TestShop.outcome(poor);

    // then
    assertThat(confirmed).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(notes(paid.orderId())).containsExactly("wrapped");
    assertThat(declined)
        .isEqualTo(
            new OrderOutcome.Cancelled(poor.orderId(), new CancelReason.Declined("no_funds")));
    assertThat(notes(poor.orderId())).containsExactly("wrapped", "unwrapped");
    shop.assertSettles();
  }

  @Test
  void aRemoteExtraStepThatRefusesTakesThePaymentBack() {
    // given: a fraud check after the payment
    Step<OrderView> check =
        RemoteStep.named("check", (order, call) -> StepResult.rejected(Failure.of("FRAUD", "no")));
    TechCorp library =
        shop.closing(
            wired()
                .orders(OrderOptions.DEFAULT.withStepAfter("pay", check).withVersion(3))
                .start());
    UUID product = shop.product(library, 5);

    // when
    OrderReceipt receipt = library.orders().place(shop.order(product, 1));

    // then
    assertThat(TestShop.outcome(receipt))
        .isEqualTo(
            new OrderOutcome.Cancelled(receipt.orderId(), new CancelReason.Refused("FRAUD", null)));
    shop.assertSettles();
    assertThat(shop.gateway.money(receipt.orderId()).kept()).isZero();
    assertThat(shop.gateway.money(receipt.orderId()).charges()).isEqualTo(1);
  }
}
