package com.techcorp.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Charges and refunds of orders, as the library keeps them, and their comparison with what the
 * provider knows. The order saga charges and refunds; this is how a host looks, and reconciles.
 * Thread-safe.
 */
public interface PaymentProcessor {
  /**
   * Looks up the charge of an order.
   *
   * @param orderId whose
   * @return the charge, or empty if none was ever attempted
   */
  Optional<Transaction> charge(UUID orderId);

  /**
   * Returns the refunds of an order's charge.
   *
   * @param orderId whose
   * @return oldest first
   */
  List<Refund> refunds(UUID orderId);

  /**
   * Asks the provider about every charge that has been undecided for long, and makes the sagas of
   * those it knows an answer to look again now. Run it after an outage of the provider, or daily.
   * Idempotent.
   *
   * @param olderThan charges undecided for at least this long
   * @param limit how many at the most, 1 to 10,000; oldest first
   * @return what was found, also where nothing could be done
   */
  List<Finding> reconcile(Duration olderThan, int limit);

  /**
   * An undecided charge and the provider's answer about it.
   *
   * @param transaction as the library has it
   * @param provider what the provider says of it
   * @param woken whether its saga was woken to look again; false: the saga already watches it, or
   *     the provider gave no answer
   */
  record Finding(Transaction transaction, PaymentGateway.ChargeAnswer provider, boolean woken) {}
}
