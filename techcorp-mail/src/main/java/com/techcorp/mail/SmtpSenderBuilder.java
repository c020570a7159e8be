package com.techcorp.mail;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.WiringException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Describes an {@link SmtpSender}. Not thread-safe. */
public final class SmtpSenderBuilder {
  /** A send must end well before the two minutes after which it counts as abandoned. */
  static final Duration LONGEST_SEND = Duration.ofSeconds(110);

  private final String host;
  private final InternetAddress from;
  private @Nullable InternetAddress replyTo;
  private SmtpTls tls = SmtpTls.STARTTLS;
  private int port = -1;
  private SmtpSettings.@Nullable Login login;
  private @Nullable SSLSocketFactory sockets;
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Duration replyTimeout = Duration.ofSeconds(20);
  private Duration beginWithin = Duration.ofSeconds(40);
  private int connections = 4;
  private Duration idleTime = Duration.ofSeconds(30);
  private InstantSource clock = InstantSource.system();

  SmtpSenderBuilder(String host, String from) {
    this.host = host;
    this.from = MailAddress.own(from, "from");
    require(!host.isBlank(), "a server must be named");
  }

  /**
   * Where answers go. Default: to whom messages are from.
   *
   * @param address such as {@code Shop <help@example.com>}
   * @return this
   * @throws WiringException if it is no address
   */
  public SmtpSenderBuilder replyTo(String address) {
    replyTo = MailAddress.own(address, "replyTo");
    return this;
  }

  /**
   * How the way is encrypted. Default: {@link SmtpTls#STARTTLS}, and nothing is said to a server
   * that does not offer it.
   *
   * @param how {@link SmtpTls#NONE} only for a relay that nobody stands in front of
   * @return this
   */
  public SmtpSenderBuilder tls(SmtpTls how) {
    tls = Objects.requireNonNull(how, "tls");
    return this;
  }

  /**
   * The server's port. Default: 587 for STARTTLS, 465 for implicit TLS, 25 for none.
   *
   * @param number 1 to 65535
   * @return this
   */
  public SmtpSenderBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Who we are to the server. Default: nobody. Never logged.
   *
   * @param user the name
   * @param password the password
   * @return this
   */
  public SmtpSenderBuilder login(String user, String password) {
    login = new SmtpSettings.Login(user, password);
    return this;
  }

  /**
   * Whose certificates are believed. Default: the JVM's. The server's name is checked in any case.
   *
   * @param factory makes TLS of a connection, such as {@code SSLContext.getSocketFactory()}
   * @return this
   */
  public SmtpSenderBuilder trusting(SSLSocketFactory factory) {
    sockets = Objects.requireNonNull(factory, "factory");
    return this;
  }

  /**
   * How long connecting may take. Default: 5 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SmtpSenderBuilder connectTimeout(Duration longest) {
    connectTimeout = longest;
    return this;
  }

  /**
   * How long each read of the server's replies, and each write to it, may take. The content and the
   * reply to its end may take three times as long together. A message whose content began to go out
   * by then may have been sent and is not repeated. Default: 20 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SmtpSenderBuilder replyTimeout(Duration longest) {
    replyTimeout = longest;
    return this;
  }

  /**
   * How long it may take until a message's content goes out: waiting for a connection, connecting,
   * naming sender and recipient. Then the connection is closed, whatever the server is about; the
   * message is not sent, and may be tried again. This and three times {@link #replyTimeout} bound
   * all of a message's time, and must be 110 s at the most together. What the system's resolver
   * takes to look the server's name up is not bounded. Default: 40 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SmtpSenderBuilder beginWithin(Duration longest) {
    beginWithin = longest;
    return this;
  }

  /**
   * How many connections there may be; so many messages are under way at once, and the others wait
   * for them within {@link #beginWithin}. Default: 4.
   *
   * @param most at least 1
   * @return this
   */
  public SmtpSenderBuilder connections(int most) {
    connections = most;
    return this;
  }

  /**
   * How long a connection stays open for another message. Default: 30 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SmtpSenderBuilder idleTime(Duration longest) {
    idleTime = longest;
    return this;
  }

  /**
   * What the header {@code Date} shows. Default: this machine's clock.
   *
   * @param source tells the time
   * @return this
   */
  public SmtpSenderBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "clock");
    return this;
  }

  /**
   * Builds; connects with the first message.
   *
   * @return a sender, to be closed by the caller
   * @throws WiringException if the values do not fit together
   */
  public SmtpSender build() {
    int number = port < 0 ? tls.port() : port;
    require(number >= 1 && number <= 65_535, "the port must be 1 to 65535, was " + number);
    require(connections >= 1, "connections must be at least 1, was " + connections);
    require(connectTimeout.toMillis() >= 1, "connectTimeout must be at least 1 ms");
    require(replyTimeout.toMillis() >= 1, "replyTimeout must be at least 1 ms");
    require(beginWithin.toMillis() >= 1, "beginWithin must be at least 1 ms");
    require(idleTime.toMillis() >= 1, "idleTime must be at least 1 ms");
    require(
        beginWithin.plus(replyTimeout.multipliedBy(3)).compareTo(LONGEST_SEND) <= 0,
        "beginWithin and three times replyTimeout must be 110 s at the most: a send that takes two"
            + " minutes counts as abandoned");
    require(
        login == null || tls != SmtpTls.NONE,
        "a login needs TLS, or anybody on the way could read the password");
    ScheduledExecutorService timer = timer();
    return new SmtpSender(
        new SmtpSettings(
            Session.getInstance(properties()),
            sockets,
            replyTimeout,
            host,
            number,
            tls,
            login,
            new Letter.Envelope(from, replyTo),
            connections,
            idleTime,
            beginWithin,
            clock,
            timer,
            System::nanoTime));
  }

  /**
   * Ends what idles, and what takes too long. To say good-bye may take time itself, which another
   * thread bounds.
   */
  private static ScheduledExecutorService timer() {
    return new FaultBoundary().around(new OwnThreads()).timer("techcorp-mail-timer", 2);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", String.valueOf(login != null));
    properties.put("mail.smtp.starttls.enable", String.valueOf(tls == SmtpTls.STARTTLS));
    properties.put("mail.smtp.starttls.required", String.valueOf(tls == SmtpTls.STARTTLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (sockets != null) {
      properties.put("mail.smtp.ssl.socketFactory", sockets);
    }
    properties.put("mail.smtp.connectiontimeout", String.valueOf(connectTimeout.toMillis()));
    properties.put("mail.smtp.timeout", String.valueOf(replyTimeout.toMillis()));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.from", from.getAddress());
    return properties;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("SMTP: " + problem);
    }
  }
}
