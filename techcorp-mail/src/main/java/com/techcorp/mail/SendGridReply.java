package com.techcorp.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.notification.SendResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SendGrid's answer, and its consequences.
 *
 * <p>5xx proves nothing: a gateway answers 502 and 504 also when the server behind it has taken the
 * mail, and a server may fail with 500 after it queued it. Only 503 with {@code Retry-After} asks
 * for the same request again, and so says that it was not handled (RFC 9110, 15.6.4).
 *
 * @param status the HTTP status
 * @param headers the first value of each header, whatever the case of its name
 * @param body the beginning of its body, or empty
 */
record SendGridReply(int status, Map<String, String> headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RETRY_AFTER = "Retry-After";

  /**
   * Statuses that need a change of configuration: the key, what it may do, the API's address, a
   * proxy.
   */
  private static final Set<Integer> CONFIGURATION = Set.of(401, 403, 404, 407);

  /** Statuses after which the same request may succeed. */
  private static final Set<Integer> BUSY = Set.of(408, 425, 429);

  /** Returns the result for the mail. */
  SendResult result(String recipient) {
    String reason = reason(recipient);
    if (status == 202) {
      return new SendResult.Accepted(headers.getOrDefault("X-Message-Id", "unnamed"));
    }
    if (status >= 300 && status < 400) {
      return new SendResult.NotSent(reason, true);
    }
    if (status >= 400 && status < 500) {
      return new SendResult.NotSent(reason, BUSY.contains(status) || refusesUs());
    }
    return asksToComeAgain()
        ? new SendResult.NotSent(reason, true)
        : new SendResult.Unknown(reason + ": nobody knows whether it was queued");
  }

  /** Returns whether no mail will pass until the configuration is corrected. */
  boolean refusesUs() {
    return CONFIGURATION.contains(status) || (status >= 300 && status < 400);
  }

  /** Returns whether nothing should be sent for a while. */
  boolean asksToComeAgain() {
    return status == 429 || (status == 503 && headers.containsKey(RETRY_AFTER));
  }

  /**
   * Returns the time for which not to ask again.
   *
   * @param now to compare points in time with
   */
  Optional<Duration> pause(Instant now) {
    return header(RETRY_AFTER)
        .flatMap(value -> seconds(value).or(() -> until(value, now)))
        .or(
            () ->
                header("X-RateLimit-Reset")
                    .flatMap(SendGridReply::seconds)
                    .map(epoch -> epoch.minusSeconds(now.getEpochSecond())))
        .filter(pause -> !pause.isNegative());
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private static Optional<Duration> seconds(String value) {
    return value.matches("[0-9]{1,12}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String reason(String recipient) {
    String said = firstError();
    return "SendGrid: " + status + (said.isEmpty() ? "" : " " + CleanText.of(said, recipient));
  }

  /** Its errors read {@code {"errors": [{"message": …}]}}; other content is ignored. */
  private String firstError() {
    if (body.isEmpty()) {
      return "";
    }
    try {
      JsonNode errors = JSON.readTree(body).path("errors");
      return errors.path(0).path("message").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
