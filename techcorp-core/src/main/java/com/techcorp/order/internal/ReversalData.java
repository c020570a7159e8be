package com.techcorp.order.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reversal remembers.
 *
 * @param refundId the refund, or null while it is not known whether there is anything to refund
 */
record ReversalData(
    @JsonProperty("order_id") UUID orderId,
    @JsonProperty("transaction_id") UUID transactionId,
    @JsonProperty("refund_id") @Nullable UUID refundId,
    @JsonProperty("amount") long amount,
    @JsonProperty("currency") String currency) {
  ReversalData refunding(UUID id) {
    return new ReversalData(orderId, transactionId, id, amount, currency);
  }
}
