package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes killed where it hurts: when the broker has an event and its confirm has not come, when
 * an effect is written and its delivery is not acknowledged.
 */
@Timeout(value = 1_200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventCrashIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int ORDERS = 20;

  private final RabbitServer broker = RabbitServer.shared();
  private final String prefix = "test." + UUID.randomUUID();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private String virtualHost;
  private DemoDatabase database;
  private HostLedger ledger;
  private RabbitEventBus bus;

  @BeforeEach
  void open() throws SQLException {
    database = DemoDatabase.open(null, null, 12);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    HostLedger.createTable(database.dataSource());
    ledger =
        new HostLedger(
            database.dataSource(),
            PostgresStorage.on(database.dataSource()),
            (moment, event) -> {});
    virtualHost = broker.createVirtualHost();
    bus = RabbitEventBus.connect(broker.amqpUri(virtualHost), EventProcess.options(prefix));
  }

  @AfterEach
  void close() {
    bus.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
  }

  @Test
  void anotherProcessRelaysWhatOnePublishedAndGotNoConfirmOf() throws Exception {
    // given two processes that relay, one of them over a way that can lose its confirms
    DemoData.load(database.dataSource(), DataFiles.bundled());
    DemoData.stock(database.dataSource(), DataFiles.bundled());
    bus.subscribe(ledger.subscription());
    bus.subscribe(new Subscription("witness", OrderEventType.routingKeys(), seen::add));
    String direct = broker.amqpUri(virtualHost);
    try (TcpProxy proxy = TcpProxy.before("127.0.0.1", broker.port());
        MailBook mails = MailBook.open();
        ChildJvm other = relaying(direct, mails);
        ChildJvm victim = relaying(proxy.through(direct), mails)) {
      List<UUID> orders = order(victim, 0, 3);
      await().atMost(LIMIT).until(() -> seen.size() >= 6);
      await().atMost(LIMIT).until(() -> waiting() == 0);
      seen.clear();

      // when its confirms do not arrive, and all that it could publish is there
      proxy.delay(Duration.ZERO, Duration.ofHours(1));
      List<UUID> unconfirmed = order(victim, 3, ORDERS);
      await().atMost(LIMIT).until(() -> seen.size() >= ORDERS);
      assertThat(waiting()).isEqualTo(2 * ORDERS);
      List<Event> published = List.copyOf(seen);
      victim.kill();

      // then the other one relays all of it
      await().atMost(LIMIT).until(() -> waiting() == 0);
      await().atMost(LIMIT).until(() -> ledger.lines().size() == 3 + ORDERS);
      await().atMost(LIMIT).until(() -> seen.size() >= 3 * ORDERS);
      assertThat(published)
          .allSatisfy(
              event -> {
                assertThat(event.type()).isEqualTo("payment.confirmed");
                assertThat(seen.stream().filter(event::equals)).hasSizeGreaterThanOrEqualTo(2);
              });

      // and nothing has a second effect
      Map<UUID, List<String>> expected =
          Stream.concat(orders.stream(), unconfirmed.stream())
              .collect(Collectors.toMap(order -> order, order -> LedgerEvents.lines(2)));
      await().atMost(LIMIT).until(() -> lines() >= 2 * (3 + ORDERS));
      assertThat(ledger.lines()).isEqualTo(expected);
      MailBook.settle(database.dataSource(), bus);
      mails.judge(database.dataSource());
      assertThat(InvariantCheck.on(database.dataSource()).withSettled(true).run().violations())
          .isEmpty();
      assertThat(other.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HostLedger.Moment.class,
      names = {"WRITTEN", "COMMITTED"})
  void anEffectIsThereOnceWhoeverDiesBeforeItsAcknowledgement(HostLedger.Moment moment)
      throws Exception {
    // given
    String uri = broker.amqpUri(virtualHost);
    List<UUID> orders = Stream.generate(UUID::randomUUID).limit(3).toList();
    Event first;
    try (ChildJvm victim = process(EventProcess.Keeping.class, uri, moment.name())) {
      first = publishAll(orders);

      // when
      victim.awaitLine((moment + " " + first.id())::equals, LIMIT);
      victim.kill();
    }

    // then
    await().atMost(LIMIT).until(() -> sessions() == 0);
    assertThat(lines()).isEqualTo(moment == HostLedger.Moment.COMMITTED ? 1 : 0);

    // when
    try (ChildJvm next = process(EventProcess.Keeping.class, uri)) {
      next.awaitLine((EventProcess.DELIVERED + first.id())::equals, LIMIT);

      // then
      await().atMost(LIMIT).until(() -> lines() >= 6);
      Map<UUID, List<String>> expected = new HashMap<>();
      orders.forEach(order -> expected.put(order, LedgerEvents.lines(2)));
      assertThat(ledger.lines()).isEqualTo(expected);
      assertThat(bus.deadLetters(HostLedger.CONSUMER).peek(1)).isEmpty();
    }
  }

  private ChildJvm relaying(String uri, MailBook mails) {
    return process(EventProcess.Relaying.class, uri, String.valueOf(mails.port()));
  }

  private ChildJvm process(Class<?> main, String uri, String... more) {
    ChildJvm process =
        ChildJvm.of(main)
            .jvmOptions("-Xmx256m")
            .args(
                Stream.concat(Stream.of(database.url(), uri, prefix), Stream.of(more))
                    .toArray(String[]::new))
            .start();
    process.awaitLine(EventProcess.READY::equals, LIMIT);
    return process;
  }

  private static List<UUID> order(ChildJvm process, int from, int count) {
    process.send(from + " " + count);
    return IntStream.range(0, count)
        .mapToObj(i -> process.awaitLine(line -> line.startsWith(EventProcess.ORDERED), LIMIT))
        .map(line -> UUID.fromString(line.substring(EventProcess.ORDERED.length())))
        .toList();
  }

  private Event publishAll(List<UUID> orders) {
    Event first = LedgerEvents.event(orders.get(0), 1);
    LedgerEvents.publish(bus, first);
    LedgerEvents.publish(bus, LedgerEvents.event(orders.get(0), 2));
    for (UUID order : orders.subList(1, orders.size())) {
      LedgerEvents.publish(bus, LedgerEvents.event(order, 1));
      LedgerEvents.publish(bus, LedgerEvents.event(order, 2));
    }
    return first;
  }

  private int lines() throws SQLException {
    return ledger.lines().values().stream().mapToInt(List::size).sum();
  }

  private long waiting() throws SQLException {
    return count("select count(*) from messaging.outbox");
  }

  /** A last statement may outlive its process. */
  private long sessions() throws SQLException {
    return count("select count(*) from pg_stat_activity where application_name = 'event-process'");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
