package com.techcorp.mail;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.mail.WriteWatch.ProxyRefusedException;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger log = LoggerFactory.getLogger(SendGridSender.class);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final ContentType JSON = ContentType.create("application/json");
  private static final int MOST = Integer.MAX_VALUE;

  private final Settings settings;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService timer = new OwnThreads().timer("techcorp-mail-timer", 1);
  private final Semaphore places = new Semaphore(MOST);
  private final RateGate gate;
  private final RateGate complained;
  private volatile boolean closed;

  /** Through what requests go. */
  record Proxy(String host, int port, @Nullable Login login) {}

  /** Who we are to a proxy. */
  record Login(String user, String password) {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /** What a sender was built with. */
  record Settings(
      URI uri,
      String apiKey,
      Letter.Envelope envelope,
      @Nullable SSLContext trusted,
      @Nullable Proxy proxy,
      Duration connectTimeout,
      Duration timeout,
      Duration idleTime,
      InstantSource clock,
      LongSupplier nanoTime) {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Settings[" + uri + "]";
    }
  }

  SendGridSender(Settings settings) {
    this.settings = settings;
    this.client = SendGridClient.of(settings);
    this.gate = new RateGate(settings.nanoTime());
    this.complained = new RateGate(settings.nanoTime());
  }

  /**
   * A sender with the defaults of {@link #builder}.
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
  public static SendGridSenderBuilder builder(String apiKey, String from) {
    return new SendGridSenderBuilder(apiKey, from);
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
      return new SendResult.NotSent("SendGrid: " + e.getMessage(), false);
    }
    if (gate.isShut()) {
      return new SendResult.NotSent("SendGrid: asked for a pause", true);
    }
    if (closed || !places.tryAcquire()) {
      return new SendResult.NotSent("SendGrid: closed", true);
    }
    try {
      return ask(new SendGridCall(request(message, to)), to);
    } finally {
      places.release();
    }
  }

  private SendResult ask(SendGridCall call, InternetAddress to) {
    try {
      return judged(call.reply(client, timer, settings.timeout()), to);
    } catch (ProxyRefusedException e) {
      return refusedByProxy(e);
    } catch (IOException e) {
      return call.mayBeWritten()
          ? new SendResult.Unknown("SendGrid: no reply: " + CleanText.of(e))
          : new SendResult.NotSent("SendGrid: no connection: " + CleanText.of(e), true);
    }
  }

  private SendResult refusedByProxy(ProxyRefusedException refusal) {
    String reason = "SendGrid: " + refusal.getMessage();
    if (refusal.wantsLogin()) {
      reason += ", it wants a login: give one to SendGridSenderBuilder.proxy(host, port, user, …)";
      complain("No mail gets through the proxy to SendGrid: {}", reason);
    }
    return new SendResult.NotSent(reason, true);
  }

  /** Once a minute: each mail that waits would say it again. */
  private void complain(String text, Object about) {
    if (!complained.isShut()) {
      complained.shut(RateGate.LONGEST);
      log.error(text, about);
    }
  }

  private SendResult judged(SendGridReply reply, InternetAddress to) {
    SendResult result = reply.result(to.getAddress());
    if (reply.asksToComeAgain()) {
      Duration pause = reply.pause(settings.clock().instant()).orElse(DEFAULT_PAUSE);
      log.warn("SendGrid takes nothing for now ({}): a pause of {}", reply.status(), pause);
      gate.shut(pause);
    }
    if (reply.refusesUs()) {
      complain("SendGrid takes no mail from us: {}. Correct key, sender, address or proxy", result);
    }
    return result;
  }

  private HttpPost request(Message message, InternetAddress to) {
    HttpPost request = new HttpPost(settings.uri());
    request.setHeader("Authorization", "Bearer " + settings.apiKey());
    byte[] body = SendGridMail.body(message, to, settings.envelope());
    request.setEntity(new ByteArrayEntity(body, JSON));
    return request;
  }

  /**
   * Takes no more messages, waits up to 10 s for those on their way, and ends its connections.
   * Idempotent. A message that comes later is {@code NotSent} and may be tried again, by another
   * process.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!places.tryAcquire(MOST, GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("Messages are still being sent after {}: their connections are cut", GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close(CloseMode.IMMEDIATE);
      timer.shutdownNow();
    }
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "SendGridSender[" + settings.uri() + "]";
  }
}
