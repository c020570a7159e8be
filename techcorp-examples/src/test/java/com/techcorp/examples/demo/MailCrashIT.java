package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.proxy.TcpProxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that sends mail is killed again and again, over a real database and mail server. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MailCrashIT {
  private static final int NOTIFICATIONS = 160;
  private static final int KILLS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private DemoDatabase database;
  private DeliveryLog log;
  private MailBook mails;
  private TcpProxy proxy;

  @BeforeEach
  void open() {
    database = DemoDatabase.open(null, null, 4);
    PostgresStorage.migrate(database.dataSource());
    log = PostgresStorage.on(database.dataSource()).deliveries();
    mails = MailBook.open();
    proxy = TcpProxy.before("127.0.0.1", mails.port());
    // so that a kill often comes between the server's taking a mail and our knowing it
    proxy.delay(Duration.ZERO, Duration.ofMillis(3));
  }

  @AfterEach
  void close() {
    proxy.close();
    mails.close();
    database.close();
  }

  @Test
  @Tag("T30")
  @DisplayName(
      "T30 each mail that is ACCEPTED is there once, and no other twice, whatever is killed")
  void noMailIsLostOrDoubledByKills() throws Exception {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("MailCrashIT: seed " + seed);
    Random random = new Random(seed);

    // when
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildJvm worker = worker()) {
        int before = mails.size();
        int more = 1 + random.nextInt(NOTIFICATIONS / (KILLS + 2));
        waiting()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> mails.size() >= before + more);
        worker.kill();
      }
      // nobody sends any more: what a process finds after two minutes is said at once
      waiting().until(() -> sessions() == 0);
      log.abandonSending(Duration.ZERO);
    }
    try (ChildJvm worker = worker()) {
      worker.awaitLine(MailWorker.ALL::equals, LIMIT);
    }

    // then
    Map<String, Integer> arrivals = mails.byDelivery();
    Map<DeliveryStatus, Integer> states = new EnumMap<>(DeliveryStatus.class);
    for (int number = 0; number < NOTIFICATIONS; number++) {
      Delivery delivery = only(number);
      states.merge(delivery.status(), 1, Integer::sum);
      int arrived = arrivals.getOrDefault(delivery.id().toString(), 0);
      assertArrived(number, delivery, arrived);
      arrivals.remove(delivery.id().toString());
    }
    System.out.println("MailCrashIT: " + states + " after " + KILLS + " kills");
    assertThat(arrivals).as("mails of no delivery").isEmpty();
    assertThat(states.get(DeliveryStatus.AMBIGUOUS)).isBetween(1, KILLS * MailWorker.THREADS);
  }

  /** A thread of the mail server may die of a client's death: that is no failure. */
  private static ConditionFactory waiting() {
    return await().atMost(LIMIT).dontCatchUncaughtExceptions();
  }

  private ChildJvm worker() {
    return ChildJvm.of(MailWorker.class)
        .jvmOptions("-Xmx256m")
        .args(database.url(), String.valueOf(proxy.port()), String.valueOf(NOTIFICATIONS))
        .start();
  }

  /** Of workers in the database: a last statement may outlive its process. */
  private long sessions() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where application_name = ?")) {
      count.setString(1, MailWorker.NAME);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private Delivery only(int number) {
    List<Delivery> deliveries = log.about(OrderEventType.streamOf(MailWorker.order(number)));
    assertThat(deliveries).as("deliveries of notification %d", number).hasSize(1);
    return deliveries.get(0);
  }

  private static void assertArrived(int number, Delivery delivery, int mails) {
    if (!MailWorker.isAddress(number)) {
      assertThat(delivery.status()).isIn(DeliveryStatus.FAILED, DeliveryStatus.AMBIGUOUS);
      assertThat(mails).as("mails to nobody").isZero();
      return;
    }
    assertThat(delivery.status()).isIn(DeliveryStatus.ACCEPTED, DeliveryStatus.AMBIGUOUS);
    assertThat(mails)
        .as("mails of the %s delivery %s", delivery.status(), delivery.id())
        .isBetween(delivery.status() == DeliveryStatus.ACCEPTED ? 1 : 0, 1);
  }
}
