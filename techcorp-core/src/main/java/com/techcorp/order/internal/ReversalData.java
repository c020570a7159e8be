package com.techcorp.order.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.techcorp.payment.Amount;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a reversal.
 *
 * @param refundId the refund, or null while it is not known whether there is anything to refund
 * @param amount what is to go back, in minor units: what was asked for, until it is known what was
 *     taken
 * @param currency of the amount
 * @param charged whether the provider surely took money, so that only so many attempts are made
 *     before a person is asked
 * @param sent when the refund was sent, or null while it surely was not
 */
record ReversalData(
    @JsonProperty("order_id") UUID orderId,
    @JsonProperty("transaction_id") UUID transactionId,
    @JsonProperty("refund_id") @Nullable UUID refundId,
    @JsonProperty("amount") long amount,
    @JsonProperty("currency") String currency,
    @JsonProperty("charged") boolean charged,
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

  /** Returns the data with a refund of the amount that was taken. */
  ReversalData refunding(UUID id, Amount taken) {
    return new ReversalData(
        orderId, transactionId, id, taken.minorUnits(), taken.currency(), charged, null);
  }

  ReversalData surelyCharged() {
    return new ReversalData(orderId, transactionId, refundId, amount, currency, true, sent);
  }

  /**
   * Returns the data after one more send; it counts as the first unless an earlier send is open.
   */
  ReversalData sending(Duration age, boolean open) {
    long now = age.toMillis();
    Sent next = new Sent(open && sent != null ? sent.firstMs() : now, now);
    return new ReversalData(orderId, transactionId, refundId, amount, currency, charged, next);
  }

  Amount whole() {
    return new Amount(amount, currency);
  }
}
