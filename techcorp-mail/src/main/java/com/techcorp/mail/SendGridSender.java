package com.techcorp.mail;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends e-mail through SendGrid's v3 API. Thread-safe; one for each process.
 *
 * <pre>{@code
 * SendGridSender mail = SendGridSender.of(apiKey, "Shop <orders@example.com>");
 * }</pre>
 *
 * <p>SendGrid knows no idempotency key, so a request whose reply was lost, or is 5xx, answers
 * {@code Unknown} and is not repeated. Each mail carries {@code delivery_id} in its {@code
 * custom_args}. It tries nothing twice; after 429 it asks nothing for as long as SendGrid wants, a
 * minute at the most, and answers {@code NotSent} meanwhile.
 */
public final class SendGridSender implements MessageSender {
  private static final Logger log = LoggerFactory.getLogger(SendGridSender.class);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  private final Settings settings;
  private final FreshClient client;
  private final RateGate gate;

  /** What a sender was built with. */
  record Settings(
      URI uri,
      String apiKey,
      Letter.Envelope envelope,
      Duration connectTimeout,
      Duration timeout,
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
    this.client = new FreshClient(settings.connectTimeout(), settings.nanoTime());
    this.gate = new RateGate(settings.nanoTime());
  }

  /**
   * A sender with the defaults of {@link #builder}.
   *
   * @param apiKey may send mail; never logged
   * @param from whom messages are from, a verified sender such as {@code Shop <orders@example.com>}
   * @return a sender
   * @throws com.techcorp.error.WiringError if {@code from} is no address, or the key cannot be one
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
   * @throws com.techcorp.error.WiringError if {@code from} is no address, or the key cannot be one
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
    } catch (AddressRefused e) {
      return new SendResult.NotSent("SendGrid: " + e.getMessage(), false);
    }
    if (gate.isShut()) {
      return new SendResult.NotSent("SendGrid: asked for a pause", true);
    }
    SendGridCall call = new SendGridCall(request(message, to));
    try {
      return judged(call.reply(client.get(), settings.timeout()), to);
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
      return new SendResult.NotSent("SendGrid: no connection: " + CleanText.of(e), true);
    } catch (IOException e) {
      return new SendResult.Unknown("SendGrid: no reply: " + CleanText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.Unknown("SendGrid: interrupted while waiting for the reply");
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
      log.error("SendGrid takes no mail from us: {}. Correct key, sender or address", result);
    }
    return result;
  }

  private HttpRequest request(Message message, InternetAddress to) {
    byte[] body = SendGridMail.body(message, to, settings.envelope());
    return HttpRequest.newBuilder(settings.uri())
        .header("Authorization", "Bearer " + settings.apiKey())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "SendGridSender[" + settings.uri() + "]";
  }
}
