package com.techcorp.contracts;

import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.PENDING;

import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Charges and refunds of one order, in short words. */
public abstract class PaymentLedgerScenario extends StorageContract {
  static final String REFUSED = PaymentEffect.PAYMENT_STATE;
  static final long AMOUNT = 1_000;

  final UUID order = newId();

  /** For subclasses. */
  protected PaymentLedgerScenario() {}

  final PaymentLedger payments() {
    return storage().payments();
  }

  static PaymentEffect.Open open(UUID id, UUID order) {
    return new PaymentEffect.Open(id, order, AMOUNT, "EUR", "credit_card");
  }

  static PaymentEffect.Decide decide(UUID id, TransactionStatus from, TransactionStatus to) {
    return new PaymentEffect.Decide(id, Set.of(from), to, null, null);
  }

  static PaymentEffect.OpenRefund refund(UUID id, UUID charge, long amount) {
    return new PaymentEffect.OpenRefund(id, charge, amount, "EUR");
  }

  static PaymentEffect.DecideRefund decided(UUID id, RefundStatus to) {
    return new PaymentEffect.DecideRefund(id, to, null);
  }

  /** A charge of the test's order in a state. */
  final UUID charge(TransactionStatus status) {
    UUID id = newId();
    write(open(id, order));
    if (status != PENDING) {
      write(decide(id, PENDING, status));
    }
    return id;
  }

  final @Nullable TransactionStatus status(UUID charge) {
    return payments().find(charge).map(Transaction::status).orElse(null);
  }

  static PaymentEffect.Report approvedAs(UUID charge, String providerRef) {
    return new PaymentEffect.Report(charge, APPROVED, providerRef, null, null);
  }
}
