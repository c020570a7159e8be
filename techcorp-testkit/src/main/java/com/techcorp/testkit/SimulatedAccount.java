package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The history of one reference of the caller, in the books of a {@link SimulatedProvider}. Not
 * thread-safe.
 */
final class SimulatedAccount {
  /** The code of a charge that was cancelled before it arrived, or voided. */
  static final String CANCELLED = "cancelled";

  private final @Nullable UUID orderId;
  private ChargeAnswer answer;
  private @Nullable String currency;
  private int charges;
  private long charged;
  private int refunds;
  private long refunded;

  SimulatedAccount(@Nullable UUID orderId, ChargeAnswer answer) {
    this.orderId = orderId;
    this.answer = answer;
  }

  void answered(ChargeAnswer latest) {
    answer = latest;
  }

  void charged(long amount, @Nullable String in) {
    charges++;
    charged += amount;
    currency = in;
  }

  void voided(long amount) {
    charged -= amount;
  }

  void refunded(long amount) {
    refunds++;
    refunded += amount;
  }

  /** Returns whether it has what is to go back. */
  boolean has(RefundRequest request, boolean limited) {
    return charges > 0
        && request.currency().equals(currency)
        && !(limited && request.amount() > charged - refunded);
  }

  boolean isCancelled() {
    return answer instanceof ChargeAnswer.Declined declined && declined.code().equals(CANCELLED);
  }

  /** Returns whether all that was charged is still there to be taken back. */
  boolean isUntouched() {
    return charges > 0 && refunds == 0 && !isCancelled();
  }

  @Nullable UUID orderId() {
    return orderId;
  }

  /** Returns what was answered last. */
  ChargeAnswer answer() {
    return answer;
  }

  @Nullable String currency() {
    return currency;
  }

  SimulatedMoney money() {
    return new SimulatedMoney(charged, refunded, charges, refunds);
  }
}
