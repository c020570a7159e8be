package com.techcorp.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is sent.
 *
 * @param deliveryId our reference; the same message always has the same. A provider that knows
 *     idempotency keys gets it as one
 * @param recipient where to, such as an address
 * @param template the template it was made from, for logs and the provider's statistics
 * @param subject one line; empty for channels without
 * @param text the plain text
 * @param html the same as HTML, or null if the template has none
 */
public record Message(
    UUID deliveryId,
    String recipient,
    String template,
    String subject,
    String text,
    @Nullable String html) {
  /** Returns a description without personal data. */
  @Override
  public String toString() {
    return "Message[" + template + ", delivery " + deliveryId + "]";
  }
}
