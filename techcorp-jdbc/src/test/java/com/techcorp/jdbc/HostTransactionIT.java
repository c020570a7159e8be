package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host does most in transactions of its own: receive, publish, start a saga. */
class HostTransactionIT {
  private static final String LEFT = "shipment.left";

  record Trip(String traveller) {}

  private static final List<String> STARTED = new CopyOnWriteArrayList<>();
  private static final List<Event> ARRIVED = new CopyOnWriteArrayList<>();
  private static final SagaDefinition<Trip> TRIPS = trips("trip");

  private static TestShop shop;
  private static TechCorp library;
  private static PostgresStorage storage;
  private Connection host;

  private static SagaDefinition<Trip> trips(String name) {
    return SagaDefinition.named(name, Trip.class)
        .step(
            LocalStep.<Trip>named(
                "start",
                trip -> {
                  STARTED.add(trip.traveller());
                  return List.of();
                }))
        .build();
  }

  @BeforeAll
  static void start() {
    shop = TestShop.fresh();
    library =
        shop.start(builder -> builder.saga(TRIPS).subscribe("yard", Set.of(LEFT), ARRIVED::add));
    storage = PostgresStorage.on(shop.database().pool());
    TestShop.execute(shop.database(), "create table ledger (event uuid)");
  }

  @AfterAll
  static void stop() {
    shop.assertSettles();
    shop.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    host = connection();
  }

  private static Connection connection() throws SQLException {
    Connection connection = shop.database().pool().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @AfterEach
  void end() throws SQLException {
    host.rollback();
    host.close();
  }

  private static Event event() {
    UUID id = UUID.randomUUID();
    JsonObject payload = JsonObject.builder().put("event", LEFT).put("event_id", id).build();
    return new Event(id, new EventStream("shipment", id), 1, LEFT, payload);
  }

  /** A consumer's effect, once; whether it was the first time. */
  private static boolean book(Connection connection, Event event) throws SQLException {
    boolean first = storage.within(connection).receive("ledger", event);
    if (first) {
      connection.createStatement().execute("insert into ledger values ('" + event.id() + "')");
    }
    return first;
  }

  private static long booked(Event event) {
    return shop.count("ledger where event = '" + event.id() + "'");
  }

  @Test
  void aConsumerActsOnceOnAnEventThatComesAgain() throws Exception {
    // given
    Event event = event();
    assertThat(book(host, event)).isTrue();
    host.commit();

    // when
    boolean again = book(host, event);
    host.commit();

    // then
    assertThat(again).isFalse();
    assertThat(booked(event)).isEqualTo(1);
    assertThat(storage.within(host).receive("another", event)).isTrue();
  }

  @Test
  void whatIsRolledBackIsReceivedAgain() throws Exception {
    // given
    Event event = event();
    assertThat(book(host, event)).isTrue();
    host.rollback();

    // then
    assertThat(book(host, event)).isTrue();
    host.commit();
    assertThat(booked(event)).isEqualTo(1);
  }

  @Test
  void ofTwoThatReceiveAtOnceOneActs() throws Exception {
    // given: one has received and not yet committed
    Event event = event();
    assertThat(book(host, event)).isTrue();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> second =
          other.submit(
              () -> {
                try (Connection connection = connection()) {
                  boolean first = book(connection, event);
                  connection.commit();
                  return first;
                }
              });
      Awaitility.await()
          .atMost(TestShop.PATIENCE)
          .until(() -> shop.count("pg_locks where not granted") > 0 || second.isDone());
      assertThat(second).as("waits for the first").isNotDone();

      // when
      host.commit();

      // then
      assertThat(second.get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
      assertThat(booked(event)).isEqualTo(1);
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void anEventIsPublishedIfTheHostCommits() throws Exception {
    // given
    EventStream kept = new EventStream("shipment", UUID.randomUUID());
    EventStream dropped = new EventStream("shipment", UUID.randomUUID());
    JsonObject facts = JsonObject.builder().put("carrier", "north").build();

    // when
    storage.within(host).publish(OutboxEffect.Publish.ordered(dropped, 1, LEFT, facts));
    host.rollback();
    storage.within(host).publish(OutboxEffect.Publish.ordered(kept, 1, LEFT, facts));
    storage.within(host).publish(OutboxEffect.Publish.ordered(kept, 2, LEFT, facts));
    storage.within(host).publish(OutboxEffect.Publish.unordered(kept, LEFT, facts));
    host.commit();

    // then
    Awaitility.await().atMost(TestShop.PATIENCE).until(() -> of(kept).size() == 3);
    assertThat(of(kept))
        .filteredOn(Event::isOrdered)
        .extracting(Event::sequence)
        .containsExactly(1, 2);
    assertThat(of(dropped)).isEmpty();
    assertThat(of(kept))
        .allSatisfy(
            event -> {
              assertThat(event.payload())
                  .containsEntry("event", LEFT)
                  .containsEntry("version", 1L)
                  .containsEntry("carrier", "north");
              assertThat(event.payload().uuid("event_id")).isEqualTo(event.id());
              assertThat(Instant.parse(event.payload().text("timestamp"))).isNotNull();
            });
  }

  private static List<Event> of(EventStream stream) {
    return ARRIVED.stream().filter(event -> event.stream().equals(stream)).toList();
  }

  @Test
  void aSagaStartsIfTheHostCommits() throws Exception {
    // given
    UUID kept = UUID.randomUUID();
    UUID dropped = UUID.randomUUID();

    // when
    library.sagas().startWithin(storage.within(host), TRIPS, dropped, new Trip("dropped"));
    host.rollback();
    library.sagas().startWithin(storage.within(host), TRIPS, kept, new Trip("kept"));
    assertThat(STARTED).doesNotContain("kept");
    host.commit();

    // then
    assertThat(
            library
                .sagas()
                .outcome(TRIPS, kept)
                .get(TestShop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new SagaOutcome(null));
    assertThat(STARTED).contains("kept").doesNotContain("dropped");
  }

  @Test
  void anIdIsUsedOnceAndARefusalDoesNotSpoilTheHostsTransaction() throws Exception {
    // given
    UUID id = UUID.randomUUID();
    run(id);

    // when
    assertThatThrownBy(
            () -> library.sagas().startWithin(storage.within(host), TRIPS, id, new Trip("twice")))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining(id.toString());
    Event event = event();
    book(host, event);
    host.commit();

    // then
    assertThat(booked(event)).isEqualTo(1);
    assertThat(STARTED).doesNotContain("twice");
  }

  private void run(UUID id) throws SQLException, InterruptedException, ExecutionException {
    library.sagas().startWithin(storage.within(host), TRIPS, id, new Trip("once"));
    host.commit();
    library.sagas().outcome(TRIPS, id).get();
  }

  @Test
  void aSagaThatNobodyRegisteredIsNotStarted() {
    assertThatThrownBy(
            () ->
                library
                    .sagas()
                    .startWithin(
                        storage.within(host), trips("unknown"), UUID.randomUUID(), new Trip("x")))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("unknown");
  }
}
