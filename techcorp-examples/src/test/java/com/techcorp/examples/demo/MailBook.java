package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.error.UnavailableException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.mail.SmtpSender;
import com.techcorp.mail.SmtpTls;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.spi.DeliveryLog;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** A real mail server, and what it got, held against a delivery log. Thread-safe. */
public final class MailBook implements AutoCloseable {
  /** The server answers within milliseconds. */
  private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

  private static final String LATE =
      """
      select count(*) from notifications.delivery_log where status in ('QUEUED', 'SENDING')
      """;

  /** Each confirmation and each cancellation is told. */
  private static final String UNTOLD =
      """
      select (select count(*) from orders.order_events where event_type in ('CONFIRMED', 'CANCELLED'))
        - (select count(*) from notifications.delivery_log)
      """;

  /** GreenMail's own 2 s are not enough on a busy machine. */
  private static final long START_MILLIS = 60_000;

  private final GreenMail server;

  private MailBook() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(START_MILLIS);
    server = new GreenMail(setup);
    server.start();
  }

  /**
   * Starts the mail server.
   *
   * @return close it
   */
  public static MailBook open() {
    return new MailBook();
  }

  /**
   * Where it listens, on the loopback interface.
   *
   * @return the port
   */
  public int port() {
    return server.getSmtp().getPort();
  }

  /**
   * A sender to such a server.
   *
   * @param port the server's, or that of what stands before it
   * @param connections at most
   * @return close it
   */
  public static SmtpSender sender(int port, int connections) {
    return SmtpSender.builder("127.0.0.1", "Shop <orders@shop.example>")
        .tls(SmtpTls.NONE)
        .port(port)
        .connections(connections)
        .build();
  }

  /**
   * How many mails came.
   *
   * @return mails
   */
  public int size() {
    return server.getReceivedMessages().length;
  }

  /**
   * How many mails there are of each delivery.
   *
   * @return by the delivery's id
   */
  public Map<String, Integer> byDelivery() {
    Map<String, Integer> mails = new HashMap<>();
    try {
      for (MimeMessage mail : server.getReceivedMessages()) {
        mails.merge(mail.getHeader("X-TechCorp-Delivery")[0], 1, Integer::sum);
      }
    } catch (MessagingException e) {
      throw new AssertionError("a mail without the delivery's id", e);
    }
    return mails;
  }

  /**
   * Does what operators do until all is decided: what nobody sends any more becomes AMBIGUOUS, and
   * what consumers gave up on meanwhile comes again.
   *
   * @param orders the orders' database
   * @param bus where the dead letters are
   */
  public static void settle(DataSource orders, RabbitEventBus bus) {
    DeliveryLog log = PostgresStorage.on(orders).deliveries();
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(
            () -> {
              log.abandonSending(LONGEST_SEND);
              bus.deadLetters(Notifier.CONSUMER).replay(1_000);
              return open(orders) == 0;
            });
  }

  /**
   * How many deliveries are missing or not yet decided.
   *
   * @param orders the orders' database
   * @return zero in the end
   * @throws SQLException if it cannot be read
   */
  public static long open(DataSource orders) throws SQLException {
    return number(orders, UNTOLD) + number(orders, LATE);
  }

  private static long number(DataSource orders, String sql) throws SQLException {
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Nothing is missing; what is ACCEPTED is here once, what is AMBIGUOUS at most once, and nothing
   * that is not in the log.
   *
   * @param orders the orders' database
   * @return how many there are of each status
   * @throws SQLException if it cannot be read
   */
  public Map<DeliveryStatus, Integer> judge(DataSource orders) throws SQLException {
    Map<String, Integer> mails = byDelivery();
    Map<DeliveryStatus, Integer> statuses = new EnumMap<>(DeliveryStatus.class);
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select id, status from notifications.delivery_log")) {
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        DeliveryStatus status = DeliveryStatus.valueOf(rows.getString(2));
        statuses.merge(status, 1, Integer::sum);
        Integer arrived = mails.remove(id.toString());
        assertThat(status).isIn(DeliveryStatus.ACCEPTED, DeliveryStatus.AMBIGUOUS);
        assertThat(arrived == null ? 0 : arrived)
            .as("mails of the %s delivery %s", status, id)
            .isBetween(status == DeliveryStatus.ACCEPTED ? 1 : 0, 1);
      }
    }
    assertThat(mails).as("mails of no delivery").isEmpty();
    assertThat(open(orders)).as("deliveries missing or undecided").isZero();
    return statuses;
  }

  @Override
  public void close() {
    server.stop();
  }
}
