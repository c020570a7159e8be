package com.techcorp.mail;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.Require;
import com.techcorp.error.WiringException;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends e-mail through an SMTP server, over a few connections that stay open between messages.
 * Thread-safe; one for each process, closed by the host.
 *
 * <pre>{@code
 * SmtpSender mail =
 *     SmtpSender.builder("smtp.example.com", "Shop <orders@example.com>")
 *         .login("shop", password)
 *         .build();
 * }</pre>
 *
 * <p>What it answers follows from the server's replies alone: {@code NotSent} up to the moment the
 * server asks for the content, or when it refuses the content; {@code Unknown} if the content began
 * to go out and no reply came. What fails before the content on a connection that carried an
 * earlier message is tried once more on a new one; nothing else is tried twice.
 */
public final class SmtpSender implements MessageSender, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpSender.class);

  private final SmtpSetup setup;
  private final SmtpMailer mailer;

  SmtpSender(SmtpSetup setup) {
    this.setup = setup;
    this.mailer = new SmtpMailer(setup);
  }

  /**
   * Begins the description of a sender.
   *
   * @param host the server's name, which its certificate must show
   * @param from whom messages are from, such as {@code Shop <orders@example.com>}
   * @return a builder with the defaults that it states
   * @throws com.techcorp.error.WiringException if {@code from} is no address
   */
  public static Builder builder(String host, String from) {
    return new Builder(host, from);
  }

  /**
   * Returns the channel over which it sends.
   *
   * @return {@code email}
   */
  @Override
  public String channel() {
    return "email";
  }

  @Override
  public SendResult send(Message message) {
    InternetAddress to;
    try {
      to = MailAddress.recipient(message.recipient());
    } catch (AddressRefusedException e) {
      return new SendResult.NotSent("SMTP: " + e.getMessage(), false);
    }
    Letter letter;
    try {
      letter = Letter.of(setup.session(), message, to, setup.envelope(), setup.clock().instant());
    } catch (MessagingException | IOException | RuntimeException e) {
      log.error("A message from the template {} cannot be written", message.template(), e);
      return new SendResult.NotSent("mail cannot be written: " + CleanText.of(e), true);
    }
    return mailer.send(letter, to);
  }

  /** Returns how many messages wait for a connection. */
  int waiting() {
    return mailer.waiting();
  }

  /**
   * Takes no more messages and waits up to 10 s for those on their way. Idempotent. A message that
   * comes later is {@code NotSent} and may be tried again, by another process.
   */
  @Override
  public void close() {
    mailer.close();
  }

  /** Returns a description without secrets. */
  @Override
  public String toString() {
    return "SmtpSender[" + setup.server().name() + "]";
  }

  /** Collects the options of an {@link SmtpSender}. Not thread-safe. */
  public static final class Builder {
    private final String host;
    private final InternetAddress from;
    private @Nullable InternetAddress replyTo;
    private SmtpTls tls = SmtpTls.STARTTLS;
    private @Nullable Integer port;
    private SmtpServer.@Nullable Login login;
    private @Nullable SSLSocketFactory sockets;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration replyTimeout = Duration.ofSeconds(20);
    private Duration beginWithin = Duration.ofSeconds(40);
    private int connections = 4;
    private Duration idleTime = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();

    Builder(String host, String from) {
      this.host = host;
      this.from = MailAddress.own(from, "from");
      Require.that(!host.isBlank(), "SmtpSender.host", "the name of a server", "blank");
    }

    /**
     * Sets the address that replies go to. Default: to whom messages are from.
     *
     * @param address such as {@code Shop <help@example.com>}
     * @return this
     * @throws WiringException if it is no address
     */
    public Builder replyTo(String address) {
      replyTo = MailAddress.own(address, "replyTo");
      return this;
    }

    /**
     * How the way is encrypted. Default: {@link SmtpTls#STARTTLS}, and nothing is said to a server
     * that does not offer it.
     *
     * @param how {@link SmtpTls#NONE} only for a relay on a trusted network
     * @return this
     */
    public Builder tls(SmtpTls how) {
      tls = Objects.requireNonNull(how, "tls");
      return this;
    }

    /**
     * Sets the port of the server. Default: 587 for STARTTLS, 465 for implicit TLS, 25 for none.
     *
     * @param number 1 to 65535
     * @return this
     */
    public Builder port(int number) {
      Require.between("SmtpSender.port", number, 1, 65_535);
      port = number;
      return this;
    }

    /**
     * Sets the user name and password for the server. Default: nobody. Never logged.
     *
     * @param user the name
     * @param password the password
     * @return this
     */
    public Builder login(String user, String password) {
      login = new SmtpServer.Login(user, password);
      return this;
    }

    /**
     * Sets the trusted certificates. Default: the JVM's. The server's name is checked in any case.
     *
     * @param factory makes TLS of a connection, such as {@code SSLContext.getSocketFactory()}
     * @return this
     */
    public Builder trusting(SSLSocketFactory factory) {
      sockets = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /**
     * Sets how long connecting may take. Default: 5 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder connectTimeout(Duration longest) {
      Require.atLeast("SmtpSender.connectTimeout", longest, Duration.ofMillis(1));
      connectTimeout = longest;
      return this;
    }

    /**
     * Sets how long each read of the server's replies, and each write to it, may take. The content
     * and the reply to its end may take three times as long together. A message whose content began
     * to go out by then may have been sent and is not repeated. Default: 20 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder replyTimeout(Duration longest) {
      Require.atLeast("SmtpSender.replyTimeout", longest, Duration.ofMillis(1));
      replyTimeout = longest;
      return this;
    }

    /**
     * Sets how long it may take until a message's content goes out: waiting for a connection,
     * connecting, naming sender and recipient. Then the connection is closed, whatever the server
     * is about; the message is not sent, and may be tried again. This and three times {@link
     * #replyTimeout} bound all of a message's time, and must be 110 s at the most together. What
     * the system's resolver takes to look the server's name up is not bounded. Default: 40 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder beginWithin(Duration longest) {
      Require.atLeast("SmtpSender.beginWithin", longest, Duration.ofMillis(1));
      beginWithin = longest;
      return this;
    }

    /**
     * Sets the most connections, and with it the most messages under way at once; others wait
     * within {@link #beginWithin}. Default: 4.
     *
     * @param most at least 1
     * @return this
     */
    public Builder connections(int most) {
      Require.atLeast("SmtpSender.connections", most, 1);
      connections = most;
      return this;
    }

    /**
     * Sets how long a connection stays open for another message. Default: 30 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder idleTime(Duration longest) {
      Require.atLeast("SmtpSender.idleTime", longest, Duration.ofMillis(1));
      idleTime = longest;
      return this;
    }

    /**
     * Sets the clock for the header {@code Date}. Default: this machine's clock.
     *
     * @param source tells the time
     * @return this
     */
    public Builder clock(InstantSource source) {
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
      if (login != null && tls == SmtpTls.NONE) {
        throw new WiringException(
            "SMTP: a login needs TLS, or anybody on the way could read the password");
      }
      SmtpServer server =
          new SmtpServer(host, port == null ? tls.port() : port, tls, login, sockets);
      SmtpTimes times = new SmtpTimes(connectTimeout, replyTimeout, beginWithin, idleTime);
      Letter.Envelope envelope = new Letter.Envelope(from, replyTo);
      return new SmtpSender(
          new SmtpSetup(
              SmtpSetup.session(server, times, envelope),
              server,
              envelope,
              connections,
              times,
              clock,
              timer(),
              System::nanoTime));
    }

    /**
     * Ends what idles, and what takes too long. To say good-bye may take time itself, which another
     * thread bounds.
     */
    private static ScheduledExecutorService timer() {
      return new FaultBoundary().around(new OwnThreads()).timer("techcorp-mail-timer", 2);
    }
  }
}
