package com.techcorp.mail;

import com.techcorp.error.Require;
import com.techcorp.error.WiringException;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends e-mail through SendGrid's v3 API. Thread-safe; one for each process, closed by the host.
 *
 * <pre>{@code
 * SendGridSender mail = SendGridSender.of(apiKey, "Shop <orders@example.com>");
 * }</pre>
 *
 * <p>What fails before the request is written, on the way through a proxy and TLS, is {@code
 * NotSent}. SendGrid knows no idempotency key, so a request whose reply was lost, or is 5xx,
 * answers {@code Unknown} and is not repeated. Each mail carries {@code delivery_id} in its {@code
 * custom_args}. It tries nothing twice; after 429 it asks nothing for as long as SendGrid wants, a
 * minute at the most, and answers {@code NotSent} meanwhile.
 */
public final class SendGridSender implements MessageSender, AutoCloseable {
  private final SendGridSetup setup;
  private final SendGridMailer mailer;

  SendGridSender(SendGridSetup setup) {
    this.setup = setup;
    this.mailer = new SendGridMailer(setup);
  }

  /**
   * Returns a sender with the defaults of {@link #builder}.
   *
   * @param apiKey may send mail; never logged
   * @param from whom messages are from, a verified sender such as {@code Shop <orders@example.com>}
   * @return a sender
   * @throws com.techcorp.error.WiringException if {@code from} is no address, or the key cannot be
   *     one
   */
  public static SendGridSender of(String apiKey, String from) {
    return builder(apiKey, from).build();
  }

  /**
   * Begins the description of a sender.
   *
   * @param apiKey may send mail; never logged
   * @param from whom messages are from, a verified sender such as {@code Shop <orders@example.com>}
   * @return a builder with the defaults that it states
   * @throws com.techcorp.error.WiringException if {@code from} is no address, or the key cannot be
   *     one
   */
  public static Builder builder(String apiKey, String from) {
    return new Builder(apiKey, from);
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
      return new SendResult.NotSent("SendGrid: " + e.getMessage(), false);
    }
    return mailer.send(message, to);
  }

  /**
   * Takes no more messages, waits up to 10 s for those on their way, and ends its connections.
   * Idempotent. A message that comes later is {@code NotSent} and may be tried again, by another
   * process.
   */
  @Override
  public void close() {
    mailer.close();
  }

  /** Returns a description without secrets. */
  @Override
  public String toString() {
    return "SendGridSender[" + setup.uri() + "]";
  }

  /** Collects the options of a {@link SendGridSender}. Not thread-safe. */
  public static final class Builder {
    /** A send must end well before the two minutes after which it counts as abandoned. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(110);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String apiKey;
    private final InternetAddress from;
    private @Nullable InternetAddress replyTo;
    private URI base = URI.create("https://api.sendgrid.com");
    private @Nullable SSLContext trusted;
    private SendGridSetup.@Nullable Proxy proxy;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration timeout = Duration.ofSeconds(30);
    private Duration idleTime = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoTime = System::nanoTime;

    Builder(String apiKey, String from) {
      require(apiKey.matches("[!-~]+"), "the API key must be of printable ASCII characters");
      this.apiKey = apiKey;
      this.from = MailAddress.own(from, "from");
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
     * Sets the address of the API. Default: {@code https://api.sendgrid.com}.
     *
     * @param uri such as {@code https://api.eu.sendgrid.com}; {@code http:} only on this machine
     * @return this
     */
    public Builder baseUri(URI uri) {
      base = Objects.requireNonNull(uri, "uri");
      return this;
    }

    /**
     * Sets the trusted certificates. Default: the JVM's. The server's name is checked in any case.
     *
     * @param context such as one that believes a proxy which looks into TLS
     * @return this
     */
    public Builder trusting(SSLContext context) {
      trusted = Objects.requireNonNull(context, "context");
      return this;
    }

    /**
     * Through which HTTP proxy requests go. Default: the one that the JVM's system properties name
     * ({@code https.proxyHost}), if they name one.
     *
     * @param host the proxy's name
     * @param port 1 to 65535
     * @return this
     */
    public Builder proxy(String host, int port) {
      proxy = proxyOf(host, port, null);
      return this;
    }

    /**
     * Through which HTTP proxy requests go, and who we are to it. The password is shown to this
     * proxy only, and only when it asks ({@code Basic} or {@code Digest}); never logged.
     *
     * @param host the proxy's name
     * @param port 1 to 65535
     * @param user the name
     * @param password the password
     * @return this
     */
    public Builder proxy(String host, int port, String user, String password) {
      proxy = proxyOf(host, port, new SendGridSetup.Login(user, password));
      return this;
    }

    /**
     * Sets how long connecting may take, and as long again for TLS. Default: 5 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder connectTimeout(Duration longest) {
      Require.atLeast("SendGridSender.connectTimeout", longest, Duration.ofMillis(1));
      connectTimeout = longest;
      return this;
    }

    /**
     * Sets how long all of a request may take, connecting included. A mail whose reply takes longer
     * may have been sent and is not repeated. Default: 30 s.
     *
     * @param longest more than {@link #connectTimeout}, at most 110 s
     * @return this
     */
    public Builder timeout(Duration longest) {
      Require.between("SendGridSender.timeout", longest, Duration.ofMillis(2), LONGEST_SEND);
      timeout = longest;
      return this;
    }

    /**
     * Sets how long a connection stays open for another message. On one that the network has
     * dropped in silence a mail would end in doubt. Default: 30 s.
     *
     * @param longest at least 1 ms
     * @return this
     */
    public Builder idleTime(Duration longest) {
      Require.atLeast("SendGridSender.idleTime", longest, Duration.ofMillis(1));
      idleTime = longest;
      return this;
    }

    /**
     * Sets the clock that times in SendGrid's answers are compared with. Default: this machine's
     * clock.
     *
     * @param source tells the time
     * @return this
     */
    public Builder clock(InstantSource source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    Builder nanoTime(LongSupplier source) {
      nanoTime = source;
      return this;
    }

    /**
     * Builds; connects with the first message.
     *
     * @return a sender, to be closed by the caller
     * @throws WiringException if the values do not fit together
     */
    public SendGridSender build() {
      boolean loopback = base.getHost() != null && LOOPBACK.contains(base.getHost());
      require(
          "https".equals(base.getScheme()) || ("http".equals(base.getScheme()) && loopback),
          "baseUri must begin with https://, or anybody on the way could read the API key");
      require(base.getHost() != null, "baseUri must name a host");
      require(timeout.compareTo(connectTimeout) > 0, "timeout must be longer than connectTimeout");
      requireProxy();
      String address = base.toString().replaceAll("/+$", "");
      return new SendGridSender(
          new SendGridSetup(
              URI.create(address + "/v3/mail/send"),
              apiKey,
              new Letter.Envelope(from, replyTo),
              trusted,
              proxy,
              new SendGridSetup.Times(connectTimeout, timeout, idleTime),
              clock,
              nanoTime));
    }

    private void requireProxy() {
      require(
          proxy == null || "https".equals(base.getScheme()),
          "with a proxy baseUri must begin with https://, or the proxy could read the API key");
    }

    private static SendGridSetup.Proxy proxyOf(
        String host, int port, SendGridSetup.@Nullable Login login) {
      Require.that(!host.isBlank(), "SendGridSender.proxy", "a named host", "blank");
      Require.between("SendGridSender.proxy port", port, 1, 65_535);
      return new SendGridSetup.Proxy(host, port, login);
    }

    private static void require(boolean holds, String problem) {
      if (!holds) {
        throw new WiringException("SendGrid: " + problem);
      }
    }
  }
}
