package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.OutOfSequenceException;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A host's consumer that needs order, with SQL of its own in the inbox's transaction. */
class StreamConsumerIT {
  private static final int THREADS = 4;
  private static final int EVENTS = 25;

  private static TestDatabase database;
  private static PostgresStorage storage;

  private final UUID order = UUID.randomUUID();
  private volatile boolean failing;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
    storage = PostgresStorage.on(database.pool());
    Jdbi.create(database.pool())
        .useHandle(
            h ->
                h.execute(
                    "create table host_ledger (n bigint generated always as identity,"
                        + " order_id uuid not null, sequence integer not null)"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private Subscription subscription() {
    return StreamConsumer.subscription(
        "ledger",
        OrderEventType.routingKeys(),
        OrderEventType.routingKeys(),
        storage.inbox(),
        storage.unitOfWork(),
        (event, turn) -> {
          try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            try {
              insert(connection, event);
              turn.take(storage.within(connection));
              if (failing) {
                throw new IllegalStateException("after the turn was taken");
              }
              connection.commit();
            } finally {
              connection.rollback();
            }
          }
        });
  }

  private static void insert(Connection connection, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into host_ledger (order_id, sequence) values (?, ?)")) {
      insert.setObject(1, event.stream().id());
      insert.setInt(2, event.sequence());
      insert.execute();
    }
  }

  private Event event(int sequence) {
    return new Event(
        UUID.randomUUID(),
        OrderEventType.streamOf(order),
        sequence,
        "order.confirmed",
        JsonObject.EMPTY);
  }

  private List<Integer> written() {
    return Jdbi.create(database.pool())
        .withHandle(
            h ->
                h.createQuery("select sequence from host_ledger where order_id = ? order by n")
                    .bind(0, order)
                    .mapTo(Integer.class)
                    .list());
  }

  @Test
  void theEffectAndTheInboxAreOneTransaction() throws Exception {
    // given
    Subscription ledger = subscription();
    ledger.handler().handle(event(1));

    // when
    failing = true;
    assertThatIllegalStateException().isThrownBy(() -> ledger.handler().handle(event(2)));

    // then
    assertThat(written()).containsExactly(1);
    assertThat(storage.inbox().head("ledger", OrderEventType.streamOf(order))).isEqualTo(1);

    // when
    failing = false;
    ledger.handler().handle(event(2));
    ledger.handler().handle(event(2));

    // then
    assertThat(written()).containsExactly(1, 2);
    assertThatExceptionOfType(OutOfSequenceException.class)
        .isThrownBy(() -> ledger.handler().handle(event(4)))
        .withMessageContaining("waits until ledger has had event 3");
  }

  @Test
  void twoThatHandleTheSameEventAtOnceHaveOneEffect() throws Exception {
    // given two transactions that have both written their effect before either takes its turn
    CountDownLatch bothWrote = new CountDownLatch(2);
    Subscription ledger =
        StreamConsumer.subscription(
            "ledger",
            OrderEventType.routingKeys(),
            OrderEventType.routingKeys(),
            storage.inbox(),
            storage.unitOfWork(),
            (event, turn) -> {
              try (Connection connection = database.pool().getConnection()) {
                connection.setAutoCommit(false);
                try {
                  insert(connection, event);
                  bothWrote.countDown();
                  assertThat(bothWrote.await(30, TimeUnit.SECONDS)).isTrue();
                  turn.take(storage.within(connection));
                  connection.commit();
                } finally {
                  connection.rollback();
                }
              }
            });

    // when
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<Void>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(CompletableFuture.runAsync(() -> handle(ledger, event(1)), threads));
      }
      both.forEach(one -> one.orTimeout(30, TimeUnit.SECONDS).join());
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(written()).containsExactly(1);
  }

  @Test
  void manyThatOfferEveryEventHaveEachEffectOnceAndInSequence() {
    // given
    Subscription ledger = subscription();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      // when
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int sequence = 1; sequence <= EVENTS; sequence++) {
                    handle(ledger, event(sequence));
                  }
                },
                threads));
      }
      all.forEach(one -> one.orTimeout(60, TimeUnit.SECONDS).join());
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(written()).hasSize(EVENTS).isSorted().doesNotHaveDuplicates();
  }

  private static void handle(Subscription subscription, Event event) {
    try {
      subscription.handler().handle(event);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
