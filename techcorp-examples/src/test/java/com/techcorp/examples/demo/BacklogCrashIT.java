package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.servers.process.ChildJvm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes are killed that hold a consumer's backlog: before any of it was taken, and within. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BacklogCrashIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int ORDERS = 20;

  private DemoDatabase database;
  private HostLedger ledger;

  @BeforeEach
  void open() throws SQLException {
    database = DemoDatabase.open(null, null, 12);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    HostLedger.createTable(database.dataSource());
    DemoData.load(database.dataSource(), DataFiles.bundled());
    DemoData.stock(database.dataSource(), DataFiles.bundled());
    ledger =
        new HostLedger(
            database.dataSource(),
            PostgresStorage.on(database.dataSource()),
            (moment, event) -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aBacklogOutlivesItsProcessesInSequenceAndEachEffectIsThereOnce() throws Exception {
    // given: all events of one process wait in the backlog of a consumer that fails
    List<UUID> orders;
    try (ChildJvm failing = start(EventProcess.Ledger.FAILS)) {
      failing.send("0 " + ORDERS);
      orders =
          IntStream.range(0, ORDERS)
              .mapToObj(
                  i -> failing.awaitLine(line -> line.startsWith(EventProcess.ORDERED), LIMIT))
              .map(line -> UUID.fromString(line.substring(EventProcess.ORDERED.length())))
              .toList();
      await().atMost(LIMIT).until(() -> count("messaging.outbox") == 0);
      assertThat(count("messaging.consumer_backlog")).isEqualTo(2 * ORDERS);
      assertThat(ledger.lines()).isEmpty();

      // when
      failing.kill();
    }

    // and when: the next one is killed with an effect committed whose event is still there
    try (ChildJvm stopping = start(EventProcess.Ledger.STOPS)) {
      stopping.awaitLine(line -> line.startsWith(HostLedger.Moment.COMMITTED + " "), LIMIT);
      stopping.kill();
    }
    await().atMost(LIMIT).until(() -> sessions() == 0);
    assertThat(count("messaging.consumer_backlog")).isPositive();
    assertThat(count("host_ledger")).isPositive();

    // then: a third one takes the rest
    try (ChildJvm working = start(EventProcess.Ledger.WORKS)) {
      await().atMost(LIMIT).until(() -> count("messaging.consumer_backlog") == 0);
      Map<UUID, List<String>> expected = new HashMap<>();
      orders.forEach(order -> expected.put(order, LedgerEvents.lines(2)));
      assertThat(ledger.lines()).isEqualTo(expected);
      assertThat(count("messaging.dead_letters")).isZero();
      assertThat(working.isAlive()).isTrue();
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(
                          InvariantCheck.on(database.dataSource())
                              .withSettled(true)
                              .run()
                              .violations())
                      .isEmpty());
    }
  }

  private ChildJvm start(EventProcess.Ledger does) {
    ChildJvm process =
        ChildJvm.of(EventProcess.Alone.class)
            .jvmOptions("-Xmx256m")
            .args(database.url(), does.name())
            .start();
    process.awaitLine(EventProcess.READY::equals, LIMIT);
    return process;
  }

  /** A last statement may outlive its process. */
  private long sessions() throws SQLException {
    return count("pg_stat_activity where application_name = 'event-process'");
  }

  private long count(String from) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
