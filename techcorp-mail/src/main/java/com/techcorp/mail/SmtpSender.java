package com.techcorp.mail;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.WiringException;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final SmtpSettings settings;
  private final SmtpPool pool;

  SmtpSender(SmtpSettings settings) {
    this.settings = settings;
    this.pool = new SmtpPool(settings.connections(), settings.idleTime(), settings.nanoTime());
    long idleNanos = settings.idleTime().toNanos();
    settings
        .timer()
        .scheduleWithFixedDelay(pool::dropOld, idleNanos, idleNanos, TimeUnit.NANOSECONDS);
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
   * Over which channel it sends.
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
      letter =
          Letter.of(
              settings.session(), message, to, settings.envelope(), settings.clock().instant());
    } catch (MessagingException | IOException | RuntimeException e) {
      log.error("A message from the template {} cannot be written", message.template(), e);
      return new SendResult.NotSent("mail cannot be written: " + CleanText.of(e), true);
    }
    return waitAndSend(letter, to);
  }

  /** How many messages wait for a connection. */
  int waiting() {
    return pool.waiting();
  }

  private SendResult waitAndSend(Letter letter, InternetAddress to) {
    long deadline = settings.nanoTime().getAsLong() + settings.beginWithin().toNanos();
    try {
      if (!pool.enter(settings.beginWithin())) {
        return new SendResult.NotSent(
            pool.isClosed() ? "SMTP: closed" : "SMTP: no connection became free within beginWithin",
            true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.NotSent("SMTP: interrupted while waiting for a connection", true);
    }
    try {
      return sendOver(letter, to, deadline);
    } finally {
      pool.leave();
    }
  }

  /**
   * Over a connection that has carried a message already, if there is one: it may be gone, which
   * shows at once and before the content. Then nothing was sent, and a new one is tried.
   */
  private SendResult sendOver(Letter letter, InternetAddress to, long deadline) {
    Optional<SmtpConnection> used = usable();
    if (used.isPresent()) {
      SmtpTranscript dialogue = new SmtpTranscript(to.getAddress());
      used.get().begin(dialogue, deadline);
      SendResult result = deliver(used.get(), dialogue, letter, to);
      if (!dialogue.wasCutShort()) {
        return result;
      }
    }
    return connectAndSend(letter, to, deadline);
  }

  private Optional<SmtpConnection> usable() {
    Optional<SmtpConnection> used = pool.take();
    while (used.isPresent() && used.get().hasUnasked()) {
      used.get().abandon();
      used = pool.take();
    }
    return used;
  }

  private SendResult connectAndSend(Letter letter, InternetAddress to, long deadline) {
    SmtpTranscript dialogue = new SmtpTranscript(to.getAddress());
    try {
      return deliver(settings.connect(dialogue, deadline), dialogue, letter, to);
    } catch (AuthenticationFailedException e) {
      if (!dialogue.refusesUs()) {
        return dialogue.failed(letter.id(), e);
      }
      log.error("{} refuses the login: correct user and password", settings.server());
      return new SendResult.NotSent("SMTP: the login was refused", true);
    } catch (MessagingException | RuntimeException e) {
      return told(dialogue, dialogue.failed(letter.id(), e));
    }
  }

  private SendResult deliver(
      SmtpConnection connection, SmtpTranscript dialogue, Letter letter, InternetAddress to) {
    boolean reusable = false;
    try {
      SendResult result = connection.deliver(letter, to);
      reusable = dialogue.mayGoOn();
      return told(dialogue, result);
    } finally {
      release(connection, reusable);
    }
  }

  private SendResult told(SmtpTranscript dialogue, SendResult result) {
    if (dialogue.refusesUs()) {
      log.error("{} takes no mail from us: {}", settings.server(), result);
    }
    return result;
  }

  private void release(SmtpConnection connection, boolean reusable) {
    if (reusable && connection.rest()) {
      pool.keep(connection);
    } else {
      connection.abandon();
    }
  }

  /**
   * Takes no more messages and waits up to 10 s for those on their way. Idempotent. A message that
   * comes later is {@code NotSent} and may be tried again, by another process.
   */
  @Override
  public void close() {
    boolean empty = false;
    try {
      empty = pool.close(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      endTimer(empty);
    }
  }

  /** The timer bounds the messages that are still on their way, as long as they may take. */
  private void endTimer(boolean empty) {
    if (empty) {
      settings.timer().shutdownNow();
    } else {
      long longest = Builder.LONGEST_SEND.toSeconds();
      settings.timer().schedule(settings.timer()::shutdownNow, longest, TimeUnit.SECONDS);
    }
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "SmtpSender[" + settings.server() + "]";
  }

  /** Describes an {@link SmtpSender}. Not thread-safe. */
  public static final class Builder {
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

    Builder(String host, String from) {
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
    public Builder replyTo(String address) {
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
    public Builder tls(SmtpTls how) {
      tls = Objects.requireNonNull(how, "tls");
      return this;
    }

    /**
     * The server's port. Default: 587 for STARTTLS, 465 for implicit TLS, 25 for none.
     *
     * @param number 1 to 65535
     * @return this
     */
    public Builder port(int number) {
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
    public Builder login(String user, String password) {
      login = new SmtpSettings.Login(user, password);
      return this;
    }

    /**
     * Whose certificates are believed. Default: the JVM's. The server's name is checked in any
     * case.
     *
     * @param factory makes TLS of a connection, such as {@code SSLContext.getSocketFactory()}
     * @return this
     */
    public Builder trusting(SSLSocketFactory factory) {
      sockets = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /**
     * How long connecting may take. Default: 5 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder connectTimeout(Duration longest) {
      connectTimeout = longest;
      return this;
    }

    /**
     * How long each read of the server's replies, and each write to it, may take. The content and
     * the reply to its end may take three times as long together. A message whose content began to
     * go out by then may have been sent and is not repeated. Default: 20 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder replyTimeout(Duration longest) {
      replyTimeout = longest;
      return this;
    }

    /**
     * How long it may take until a message's content goes out: waiting for a connection,
     * connecting, naming sender and recipient. Then the connection is closed, whatever the server
     * is about; the message is not sent, and may be tried again. This and three times {@link
     * #replyTimeout} bound all of a message's time, and must be 110 s at the most together. What
     * the system's resolver takes to look the server's name up is not bounded. Default: 40 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder beginWithin(Duration longest) {
      beginWithin = longest;
      return this;
    }

    /**
     * How many connections there may be; so many messages are under way at once, and the others
     * wait for them within {@link #beginWithin}. Default: 4.
     *
     * @param most at least 1
     * @return this
     */
    public Builder connections(int most) {
      connections = most;
      return this;
    }

    /**
     * How long a connection stays open for another message. Default: 30 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder idleTime(Duration longest) {
      idleTime = longest;
      return this;
    }

    /**
     * What the header {@code Date} shows. Default: this machine's clock.
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
}
