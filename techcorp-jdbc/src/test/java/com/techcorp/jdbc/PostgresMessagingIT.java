package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.jdbc.internal.read.PostgresDeliveryLog;
import com.techcorp.jdbc.internal.read.PostgresInbox;
import com.techcorp.jdbc.internal.read.PostgresOutbox;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The SQL of outbox, inbox and delivery log; what the ports promise is in the contract tests. */
class PostgresMessagingIT {
  private static final int NODE = 7;

  private static String template;

  private String url;
  private Jdbi jdbi;
  private PostgresOutbox outbox;
  private PostgresInbox inbox;
  private PostgresDeliveryLog deliveries;

  @BeforeAll
  static void migrate() {
    template = PostgresServer.shared().createDatabase();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(PostgresServer.shared().jdbcUrl(template));
    PostgresStorage.migrate(dataSource);
  }

  @BeforeEach
  void open() {
    String database = PostgresServer.shared().createDatabase(template);
    url = PostgresServer.shared().jdbcUrl(database);
    jdbi = Jdbi.create(url);
    jdbi.registerArrayType(UUID.class, "uuid");
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    Transactions transactions =
        new Transactions(
            new Connections(dataSource),
            new TransactionSetup(Duration.ofSeconds(4), null),
            new StatementTexts(SchemaNames.DEFAULT),
            Duration.ofSeconds(10));
    outbox = new PostgresOutbox(transactions);
    inbox = new PostgresInbox(transactions);
    deliveries = new PostgresDeliveryLog(transactions);
  }

  @Test
  void readsPagesByOrderAndRemovesWhatWasPublished() {
    // given
    write(2, 1);
    write(1, 1);
    write(1, 2);
    outbox.claim(NODE, 10);

    // when
    List<Event> first = outbox.held(NODE, null, 2);
    List<Event> second = outbox.held(NODE, first.get(1).orderingKey(), 2);

    // then
    assertThat(first).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(first).extracting(event -> event.stream().id()).containsOnly(new UUID(0, 1));
    assertThat(second).extracting(event -> event.stream().id()).containsExactly(new UUID(0, 2));
    assertThat(first.get(0).payload().text("event")).isEqualTo("order.confirmed");
    assertThat(outbox.backlog().events()).isEqualTo(3);
    assertThat(outbox.backlog().age()).isGreaterThanOrEqualTo(Duration.ofMinutes(59));

    // when
    outbox.remove(first.subList(0, 1));

    // then
    assertThat(outbox.held(NODE, null, 10)).containsExactly(first.get(1), second.get(0));
  }

  @Test
  @Tag("T25")
  @DisplayName(
      "T25: an event whose transaction commits late is found, though younger ones are gone")
  void findsWhatCommitsLate() throws SQLException {
    try (Connection open = DriverManager.getConnection(url)) {
      // given a transaction that wrote first and is still open
      open.setAutoCommit(false);
      try (Statement statement = open.createStatement()) {
        statement.execute(
            "insert into messaging.outbox values (gen_random_uuid(), 'order', '%s', 1, 'x', '{}', now())"
                .formatted(new UUID(0, 1)));
      }
      write(2, 1);
      outbox.claim(NODE, 10);
      List<Event> younger = outbox.held(NODE, null, 10);
      outbox.remove(younger);

      // when
      open.commit();

      // then
      assertThat(younger).extracting(event -> event.stream().id()).containsExactly(new UUID(0, 2));
      assertThat(outbox.claim(NODE, 10)).isEqualTo(1);
      assertThat(outbox.held(NODE, null, 10))
          .extracting(event -> event.stream().id())
          .containsExactly(new UUID(0, 1));
    }
  }

  @Test
  void waitsForNobodyWhoTakesTheSame() throws SQLException {
    try (Connection other = DriverManager.getConnection(url)) {
      // given another relay that is taking an event at this moment
      write(1, 1);
      write(2, 1);
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.execute(
            "update messaging.outbox set node = 8 where stream_id = '%s'"
                .formatted(new UUID(0, 1)));
      }

      // when
      int claimed = outbox.claim(NODE, 10);
      other.rollback();

      // then
      assertThat(claimed).isEqualTo(1);
      assertThat(outbox.held(NODE, null, 10))
          .extracting(event -> event.stream().id())
          .containsExactly(new UUID(0, 2));
    }
  }

  @Test
  void findsPagesAndRemovesByIndex() {
    // given
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into messaging.outbox
                select gen_random_uuid(), 'order', gen_random_uuid(), 1, 'order.confirmed', '{}', now()
                from generate_series(1, 20000)
                """));
    jdbi.useHandle(h -> h.execute("analyze messaging.outbox"));
    outbox.claim(NODE, 10_000);
    List<Event> some = outbox.held(NODE, null, 500);

    // then
    assertThat(plan(PostgresOutbox.HELD, some))
        .contains("outbox_by_node")
        .doesNotContain("Sort")
        .doesNotContain("Seq Scan");
    String remove =
        PostgresOutbox.REMOVE.replaceFirst("\\?", ":keys").replaceFirst("\\?", ":events");
    assertThat(plan(remove, some)).doesNotContain("Seq Scan on outbox");
    assertThat(plan(PostgresOutbox.CLAIM_NOBODYS, some))
        .contains("outbox_by_node")
        .doesNotContain("Sort")
        .doesNotContain("Seq Scan on outbox");
    assertThat(plan(PostgresOutbox.CLAIM_OF_THE_GONE, some))
        .contains("outbox_by_node")
        .doesNotContain("Sort")
        .doesNotContain("Seq Scan on outbox");
    assertThat(plan(PostgresOutbox.RELEASE, some))
        .contains("outbox_by_node")
        .doesNotContain("Seq Scan on outbox");
    assertThat(plan(PostgresOutbox.GONE, some))
        .contains("outbox_by_node")
        .doesNotContain("Seq Scan on outbox");
  }

  private String plan(String sql, List<Event> some) {
    Object[] keys = some.stream().map(event -> event.stream().id()).toArray();
    Object[] events = some.stream().map(Event::id).toArray();
    return jdbi.inTransaction(
        h -> {
          h.execute("set local enable_seqscan = off"); // as every transaction of the library
          h.execute("set local enable_hashjoin = off");
          h.execute("set local enable_mergejoin = off");
          return h
              .createQuery("explain " + SchemaNames.DEFAULT.resolve(sql))
              .configure(SqlStatements.class, c -> c.setUnusedBindingAllowed(true))
              .bind("afterKey", new UUID(0, 0))
              .bind("afterType", "")
              .bind("limit", 500)
              .bind("node", NODE)
              .bind("gone", NODE + 1)
              .bind("millis", 30_000)
              .bindArray("keys", UUID.class, keys)
              .bindArray("events", UUID.class, events)
              .mapTo(String.class)
              .list()
              .stream()
              .collect(Collectors.joining("\n"));
        });
  }

  @Test
  void keepsDeadLetters() {
    // given
    Event event = write(1, 1);
    inbox.addDeadLetter("mail", event, "reason");
    inbox.addDeadLetter("mail", event, "another reason");

    // then
    assertThat(inbox.dead("mail", 10)).containsExactly(new Inbox.DeadLetter(event, "reason"));
    assertThat(inbox.dead("other", 10)).isEmpty();
    assertThat(inbox.has("mail", event.id())).isFalse();

    // when
    inbox.removeDeadLetter("mail", event.id());

    // then
    assertThat(inbox.dead("mail", 10)).isEmpty();
  }

  @Test
  void seesWhatAConsumerHasHad() {
    UUID event = UUID.randomUUID();
    jdbi.useHandle(h -> h.execute("insert into messaging.inbox values ('mail', ?, now())", event));

    assertThat(inbox.has("mail", event)).isTrue();
    assertThat(inbox.has("other", event)).isFalse();
  }

  @Test
  void movesADeliveryByCompareAndSet() {
    // given
    DeliveryLog.Draft draft = draft();
    Delivery queued = deliveries.queue(draft);

    // when
    Delivery again =
        deliveries.queue(
            new DeliveryLog.Draft(
                UUID.randomUUID(),
                draft.eventId(),
                draft.stream(),
                draft.userId(),
                draft.channel(),
                draft.recipient(),
                draft.template()));

    // then
    assertThat(again).isEqualTo(queued);
    assertThat(queued.status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(queued.createdAt()).isEqualTo(queued.updatedAt());

    // when
    boolean first = move(queued, DeliveryStatus.QUEUED, DeliveryStatus.SENDING);
    boolean second = move(queued, DeliveryStatus.QUEUED, DeliveryStatus.SENDING);
    boolean accepted = move(queued, DeliveryStatus.SENDING, DeliveryStatus.ACCEPTED);

    // then
    assertThat(List.of(first, second, accepted)).containsExactly(true, false, true);
    assertThat(deliveries.about(draft.stream()))
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
              assertThat(delivery.attempt()).isEqualTo(1);
              assertThat(delivery.lastError()).isNull();
            });
  }

  @Test
  void abandonsSendsThatTakeTooLong() {
    // given
    Delivery slow = deliveries.queue(draft());
    Delivery quick = deliveries.queue(draft());
    move(slow, DeliveryStatus.QUEUED, DeliveryStatus.SENDING);
    move(quick, DeliveryStatus.QUEUED, DeliveryStatus.SENDING);
    jdbi.useHandle(
        h ->
            h.execute(
                "update notifications.delivery_log set updated_at = now() - interval '5 m'"
                    + " where id = ?",
                slow.id()));

    // when
    int abandoned = deliveries.abandonSending(Duration.ofMinutes(2));

    // then
    assertThat(abandoned).isEqualTo(1);
    assertThat(deliveries.about(slow.stream()).get(0).status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(deliveries.about(quick.stream()).get(0).status()).isEqualTo(DeliveryStatus.SENDING);
  }

  private boolean move(Delivery delivery, DeliveryStatus from, DeliveryStatus to) {
    return deliveries.move(delivery.id(), Set.of(from), to, null);
  }

  private static DeliveryLog.Draft draft() {
    return new DeliveryLog.Draft(
        UUID.randomUUID(),
        UUID.randomUUID(),
        OrderEventType.streamOf(UUID.randomUUID()),
        UUID.randomUUID(),
        "email",
        "ada@example.com",
        "order-confirmed");
  }

  private Event write(int order, int sequence) {
    String json = "{\"event\": \"order.confirmed\"}";
    UUID id = UUID.randomUUID();
    UUID orderId = new UUID(0, order);
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into messaging.outbox
                values (?, 'order', ?, ?, 'order.confirmed', cast(? as json), now() - interval '1 h')
                """,
                id,
                orderId,
                sequence,
                json));
    return Event.ofJson(id, OrderEventType.streamOf(orderId), sequence, "order.confirmed", json);
  }
}
