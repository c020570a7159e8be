package com.techcorp.order.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reversal remembers.
 *
 * @param refundId the refund, or null while it is not known whether there is anything to refund
 * @param sent when the refund was sent, or null while it surely was not
 */
record ReversalData(
    @JsonProperty("order_id") UUID orderId,
    @JsonProperty("transaction_id") UUID transactionId,
    @JsonProperty("refund_id") @Nullable UUID refundId,
    @JsonProperty("amount") long amount,
    @JsonProperty("currency") String currency,
    @JsonProperty("sent") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sent sent) {

  /**
   * Ages of the saga in milliseconds, by the storage's clock.
   *
   * @param firstMs not later than the refund was first sent
   * @param lastMs when it was sent last
   */
  record Sent(@JsonProperty("first_ms") long firstMs, @JsonProperty("last_ms") long lastMs) {
    Duration first() {
      return Duration.ofMillis(firstMs);
    }

    Duration last() {
      return Duration.ofMillis(lastMs);
    }
  }

  ReversalData refunding(UUID id) {
    return new ReversalData(orderId, transactionId, id, amount, currency, null);
  }

  /** One send more; without an earlier one whose fate is open, the first. */
  ReversalData sending(Duration age, boolean open) {
    long now = age.toMillis();
    Sent next = new Sent(open && sent != null ? sent.firstMs() : now, now);
    return new ReversalData(orderId, transactionId, refundId, amount, currency, next);
  }
}
