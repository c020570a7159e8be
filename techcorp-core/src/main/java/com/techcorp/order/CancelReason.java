package com.techcorp.order;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationResult;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why an order was cancelled. */
public sealed interface CancelReason {
  /** The code of a declined payment, as stored. */
  String DECLINED = "DECLINED";

  /** The code of a charge over another amount or currency than asked for, as stored. */
  String AMOUNT_MISMATCH = "AMOUNT_MISMATCH";

  /**
   * A product's stock was insufficient.
   *
   * @param productId which
   */
  record OutOfStock(UUID productId) implements CancelReason {}

  /**
   * The payment provider said no.
   *
   * @param code the provider's code
   */
  record Declined(String code) implements CancelReason {}

  /**
   * The payment provider took less or more than it was asked for, or another currency: that goes
   * back.
   *
   * @param taken what it took, in minor units, such as {@code 1000 BRL}
   */
  record AmountMismatch(String taken) implements CancelReason {}

  /** The payment, or the stock in another database, was not decided in time. */
  record Expired() implements CancelReason {}

  /** The caller or an operator asked for it. */
  record CancelledByRequest() implements CancelReason {}

  /** The payment provider could not be reached. */
  record PaymentUnavailable() implements CancelReason {}

  /**
   * Something else refused the order: the confirmation, or a step of the host's.
   *
   * @param code what, for programs
   * @param detail more on it, or null
   */
  record Refused(String code, @Nullable String detail) implements CancelReason {}

  /**
   * Returns the reason for a failure that a saga recorded.
   *
   * @param failure code, and {@code detail} among its details
   * @return the reason
   */
  static CancelReason of(Failure failure) {
    String detail = failure.details().get("detail");
    return switch (failure.code()) {
      case ReservationResult.OutOfStock.CODE ->
          detail == null
              ? new Refused(failure.code(), null)
              : new OutOfStock(UUID.fromString(detail));
      case DECLINED -> new Declined(detail == null ? "unknown" : detail);
      case AMOUNT_MISMATCH -> new AmountMismatch(detail == null ? "unknown" : detail);
      case Failure.EXPIRED -> new Expired();
      case Failure.CANCELLED -> new CancelledByRequest();
      case Failure.RETRIES_EXHAUSTED -> new PaymentUnavailable();
      default -> new Refused(failure.code(), detail);
    };
  }
}
