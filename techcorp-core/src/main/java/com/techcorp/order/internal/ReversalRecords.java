package com.techcorp.order.internal;

import com.techcorp.error.NotFoundException;
import com.techcorp.order.Order;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentReport;
import java.util.Optional;

/**
 * What the storage has about a reversal.
 *
 * @param orders has its order
 * @param payments has its charge
 */
record ReversalRecords(OrderStore orders, PaymentLedger payments) {
  Transaction charge(ReversalData d) {
    return payments
        .find(d.transactionId())
        .orElseThrow(() -> new NotFoundException("no charge " + d.transactionId()));
  }

  /** Returns what a fenced process was told about the charge, if anything. */
  Optional<PaymentReport> reported(ReversalData d) {
    return payments.reported(d.transactionId());
  }

  Order order(ReversalData d) {
    return orders
        .find(d.orderId())
        .orElseThrow(() -> new NotFoundException("no order " + d.orderId()));
  }
}
