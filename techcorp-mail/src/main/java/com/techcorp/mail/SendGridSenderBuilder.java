package com.techcorp.mail;

import com.techcorp.error.WiringException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Describes a {@link SendGridSender}. Not thread-safe. */
public final class SendGridSenderBuilder {
  /** A send must end well before the two minutes after which it counts as abandoned. */
  private static final Duration LONGEST_SEND = Duration.ofSeconds(110);

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String apiKey;
  private final InternetAddress from;
  private @Nullable InternetAddress replyTo;
  private URI base = URI.create("https://api.sendgrid.com");
  private @Nullable SSLContext trusted;
  private SendGridSender.@Nullable Proxy proxy;
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Duration timeout = Duration.ofSeconds(30);
  private Duration idleTime = Duration.ofSeconds(30);
  private InstantSource clock = InstantSource.system();
  private LongSupplier nanoTime = System::nanoTime;

  SendGridSenderBuilder(String apiKey, String from) {
    require(apiKey.matches("[!-~]+"), "the API key must be of printable ASCII characters");
    this.apiKey = apiKey;
    this.from = MailAddress.own(from, "from");
  }

  /**
   * Where answers go. Default: to whom messages are from.
   *
   * @param address such as {@code Shop <help@example.com>}
   * @return this
   * @throws WiringException if it is no address
   */
  public SendGridSenderBuilder replyTo(String address) {
    replyTo = MailAddress.own(address, "replyTo");
    return this;
  }

  /**
   * Where the API is. Default: {@code https://api.sendgrid.com}.
   *
   * @param uri such as {@code https://api.eu.sendgrid.com}; {@code http:} only on this machine
   * @return this
   */
  public SendGridSenderBuilder baseUri(URI uri) {
    base = Objects.requireNonNull(uri, "uri");
    return this;
  }

  /**
   * Whose certificates are believed. Default: the JVM's. The server's name is checked in any case.
   *
   * @param context such as one that believes a proxy which looks into TLS
   * @return this
   */
  public SendGridSenderBuilder trusting(SSLContext context) {
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
  public SendGridSenderBuilder proxy(String host, int port) {
    proxy = new SendGridSender.Proxy(host, port, null);
    return this;
  }

  /**
   * Through which HTTP proxy requests go, and who we are to it. The password is shown to this proxy
   * only, and only when it asks ({@code Basic} or {@code Digest}); never logged.
   *
   * @param host the proxy's name
   * @param port 1 to 65535
   * @param user the name
   * @param password the password
   * @return this
   */
  public SendGridSenderBuilder proxy(String host, int port, String user, String password) {
    proxy = new SendGridSender.Proxy(host, port, new SendGridSender.Login(user, password));
    return this;
  }

  /**
   * How long connecting may take, and as long again for TLS. Default: 5 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SendGridSenderBuilder connectTimeout(Duration longest) {
    connectTimeout = longest;
    return this;
  }

  /**
   * How long all of a request may take, connecting included. A mail whose reply takes longer may
   * have been sent and is not repeated. Default: 30 s.
   *
   * @param longest more than {@link #connectTimeout}, at most 110 s
   * @return this
   */
  public SendGridSenderBuilder timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  /**
   * How long a connection stays open for another message. On one that the network has dropped in
   * silence a mail would end in doubt. Default: 30 s.
   *
   * @param longest at least 1 ms
   * @return this
   */
  public SendGridSenderBuilder idleTime(Duration longest) {
    idleTime = longest;
    return this;
  }

  /**
   * What points in time that SendGrid names are compared with. Default: this machine's clock.
   *
   * @param source tells the time
   * @return this
   */
  public SendGridSenderBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "clock");
    return this;
  }

  SendGridSenderBuilder nanoTime(LongSupplier source) {
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
    require(connectTimeout.toMillis() >= 1, "connectTimeout must be at least 1 ms");
    require(idleTime.toMillis() >= 1, "idleTime must be at least 1 ms");
    require(timeout.compareTo(connectTimeout) > 0, "timeout must be longer than connectTimeout");
    require(
        timeout.compareTo(LONGEST_SEND) <= 0,
        "timeout must be 110 s at the most: a send that takes two minutes counts as abandoned");
    requireProxy();
    String address = base.toString().replaceAll("/+$", "");
    return new SendGridSender(
        new SendGridSender.Settings(
            URI.create(address + "/v3/mail/send"),
            apiKey,
            new Letter.Envelope(from, replyTo),
            trusted,
            proxy,
            connectTimeout,
            timeout,
            idleTime,
            clock,
            nanoTime));
  }

  private void requireProxy() {
    if (proxy != null) {
      require(!proxy.host().isBlank(), "the proxy must be named");
      require(
          proxy.port() >= 1 && proxy.port() <= 65_535,
          "the proxy's port must be 1 to 65535, was " + proxy.port());
      require(
          "https".equals(base.getScheme()),
          "with a proxy baseUri must begin with https://, or the proxy could read the API key");
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("SendGrid: " + problem);
    }
  }
}
