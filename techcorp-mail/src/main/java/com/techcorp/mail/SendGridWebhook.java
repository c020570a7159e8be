package com.techcorp.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.WiringException;
import com.techcorp.mail.WebhookRefusedException.Problem;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notifier;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what SendGrid's signed event webhook reports: {@code delivered} makes a delivery DELIVERED,
 * {@code bounce} and {@code dropped} make it BOUNCED, also one that was AMBIGUOUS. The host brings
 * the HTTP endpoint, of any framework. Thread-safe.
 *
 * <pre>{@code
 * SendGridWebhook webhook = SendGridWebhook.of(verificationKey, shop.notifier());
 * // POST /webhooks/sendgrid, the body untouched:
 * webhook.accept(request::getHeader, body);
 * }</pre>
 *
 * <p>SendGrid sends events more than once and in any order; both change nothing in the end.
 */
public final class SendGridWebhook {
  /** The header with the signature. */
  public static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";

  /** The header with the time of the signature, in seconds since 1970. */
  public static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

  /** How old a signature may be unless said otherwise. */
  public static final Duration TOLERANCE = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(SendGridWebhook.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventSignature signature;
  private final Notifier notifier;
  private final InstantSource clock;

  private SendGridWebhook(EventSignature signature, Notifier notifier, InstantSource clock) {
    this.signature = signature;
    this.notifier = notifier;
    this.clock = clock;
  }

  /**
   * The counts of a request's events, by what was done with them.
   *
   * @param reported news of deliveries, also if they were known before
   * @param unknown news of deliveries that there are not
   * @param ignored other events, and those of mails that are not ours
   */
  public record Received(int reported, int unknown, int ignored) {}

  /**
   * Creates a webhook with a tolerance of {@link #TOLERANCE} and this machine's clock.
   *
   * @param verificationKey as SendGrid shows it: an ECDSA key on P-256, in base64
   * @param notifier learns the news
   * @return the webhook
   * @throws WiringException if it is no such key
   */
  public static SendGridWebhook of(String verificationKey, Notifier notifier) {
    return of(verificationKey, notifier, TOLERANCE, InstantSource.system());
  }

  /**
   * Creates a webhook with a tolerance and a clock of the host's.
   *
   * @param verificationKey as SendGrid shows it: an ECDSA key on P-256, in base64
   * @param notifier learns the news
   * @param tolerance how far the time of a signature may be from now, either way
   * @param clock the current time
   * @return the webhook
   * @throws WiringException if it is no such key, or the tolerance is not positive
   */
  public static SendGridWebhook of(
      String verificationKey, Notifier notifier, Duration tolerance, InstantSource clock) {
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new WiringException("SendGrid: the webhook's tolerance must be positive");
    }
    return new SendGridWebhook(new EventSignature(verificationKey, tolerance), notifier, clock);
  }

  /**
   * Checks a request and takes its events.
   *
   * @param headers gives a header's value by its name, or null
   * @param body the request's, byte by byte as it came
   * @return what became of the events; answer with 200
   * @throws WebhookRefusedException if it was not signed by SendGrid, or not lately, or is not JSON
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached: answer with
   *     503, and SendGrid sends it again
   */
  public Received accept(Function<String, @Nullable String> headers, byte[] body) {
    signature.check(headers.apply(SIGNATURE), headers.apply(TIMESTAMP), body, clock.instant());
    JsonNode events = events(body);
    int reported = 0;
    int unknown = 0;
    for (JsonNode event : events) {
      Optional<DeliveryStatus> news = news(event.path("event").asText(""));
      Optional<UUID> delivery = delivery(event);
      if (news.isPresent() && delivery.isPresent()) {
        boolean known = notifier.report(delivery.get(), news.get(), reason(event, news.get()));
        reported += known ? 1 : 0;
        unknown += known ? 0 : 1;
      }
    }
    if (unknown > 0) {
      log.warn("SendGrid reports of {} deliveries that there are not", unknown);
    }
    return new Received(reported, unknown, events.size() - reported - unknown);
  }

  private static JsonNode events(byte[] body) {
    try {
      JsonNode events = JSON.readTree(body);
      if (events.isArray()) {
        return events;
      }
    } catch (IOException e) {
      log.debug("A signed request is no JSON", e);
    }
    throw new WebhookRefusedException(Problem.MALFORMED, "the body is no JSON array");
  }

  private static Optional<DeliveryStatus> news(String event) {
    return switch (event) {
      case "delivered" -> Optional.of(DeliveryStatus.DELIVERED);
      case "bounce", "dropped" -> Optional.of(DeliveryStatus.BOUNCED);
      default -> Optional.empty();
    };
  }

  private static Optional<UUID> delivery(JsonNode event) {
    String id = event.path(SendGridMail.DELIVERY_ID).asText("");
    try {
      return id.length() == 36 ? Optional.of(UUID.fromString(id)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String reason(JsonNode event, DeliveryStatus news) {
    if (news == DeliveryStatus.DELIVERED) {
      return null;
    }
    String said = event.path("event").asText() + ": " + event.path("reason").asText("no reason");
    return CleanText.of(said, event.path("email").asText(""));
  }
}
