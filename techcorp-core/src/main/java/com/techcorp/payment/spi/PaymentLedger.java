package com.techcorp.payment.spi;

import com.techcorp.payment.Refund;
import com.techcorp.payment.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Payments as a storage keeps them; written through {@link PaymentEffect}s, read here. Thread-safe;
 * throws {@link com.techcorp.error.UnavailableException} when the storage cannot be reached.
 */
public interface PaymentLedger {
  /**
   * Returns an order's latest charge.
   *
   * @param orderId whose
   * @return the charge, or empty
   */
  Optional<Transaction> ofOrder(UUID orderId);

  /**
   * Looks up a charge by id.
   *
   * @param id the charge
   * @return the charge, or empty
   */
  Optional<Transaction> find(UUID id);

  /**
   * Lists the refunds of a charge.
   *
   * @param transactionId the charge
   * @return oldest first
   */
  List<Refund> refunds(UUID transactionId);

  /**
   * Charges whose fate is not decided: PENDING, UNKNOWN or ABANDONED.
   *
   * @param olderThan only those that have been so for this long
   * @param limit how many at the most
   * @return oldest first
   */
  List<Transaction> undecided(Duration olderThan, int limit);

  /**
   * Returns the definite answer that a process without the charge's saga reported ({@link
   * PaymentEffect.Report}); of several, an approval counts, for money moved.
   *
   * @param transactionId the charge
   * @return the report, or empty
   */
  Optional<PaymentReport> reported(UUID transactionId);
}
