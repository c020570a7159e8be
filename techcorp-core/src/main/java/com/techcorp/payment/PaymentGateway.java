package com.techcorp.payment;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment provider (SPI). Every call carries a reference of ours and must have its effect at most
 * once for it, however often it is repeated. Calls block; the engine makes them on threads of its
 * own, while no transaction, lock or connection is held. Thread-safe.
 *
 * <p>Calls must come back by themselves: give the client time-outs of its own for connecting and
 * for the whole of a call, shorter than {@code OrderOptions.paymentTimeout}, and say in {@link
 * #callTimeout} what they come to. The engine interrupts a call that takes longer, but a read from
 * a socket does not notice: the thread stays gone, and with more of them than places nothing is
 * sent to the provider any more.
 *
 * <p>Where an answer did not come, say so ({@code Unknown}): an exception means the same. A
 * time-out is never a decline.
 *
 * <p>Give the {@link Amount} that the provider names wherever an answer has one, never the one that
 * it was asked for: a charge over another amount or currency is reversed, and its order cancelled.
 */
public interface PaymentGateway {
  /**
   * Authorises and captures a charge.
   *
   * @param request what to charge
   * @return what the provider said
   * @throws Exception means {@link ChargeAnswer.Unknown}
   */
  ChargeAnswer charge(ChargeRequest request) throws Exception;

  /**
   * Looks up the result of a charge.
   *
   * @param reference our reference of the charge
   * @return what the provider knows
   * @throws Exception means {@link ChargeAnswer.Unknown}
   */
  ChargeAnswer lookUp(String reference) throws Exception;

  /**
   * Prevents or voids a charge that was not answered.
   *
   * @param reference our reference of the charge
   * @return what the provider did
   * @throws Exception means {@link CancelAnswer.Unknown}
   */
  CancelAnswer cancel(String reference) throws Exception;

  /**
   * Refunds a captured charge.
   *
   * @param request what to refund
   * @return what the provider said
   * @throws Exception means {@link RefundAnswer.Unknown}
   */
  RefundAnswer refund(RefundRequest request) throws Exception;

  /**
   * Looks up the result of a refund. Once the idempotency window is over, a refund whose answer was
   * lost is not sent again before the provider says here that it does not know it. Without a
   * look-up it waits for an operator then. Default: {@link RefundAnswer.Unsupported}.
   *
   * @param reference our reference of the refund
   * @return {@link RefundAnswer.Refunded} if the money went back, {@link RefundAnswer.NotFound}
   *     only if the provider surely has no such refund, also none under way
   * @throws Exception means {@link RefundAnswer.Unknown}
   */
  default RefundAnswer lookUpRefund(String reference) throws Exception {
    return new RefundAnswer.Unsupported();
  }

  /**
   * Returns the time for which the provider recognizes repeats of one idempotency key and makes one
   * charge or refund of them. Neither is sent again later than this, but for a refund that {@link
   * #lookUpRefund} does not find. Default: 24 hours.
   *
   * @return the window
   */
  default Duration idempotencyWindow() {
    return Duration.ofHours(24);
  }

  /**
   * Returns the time after which a request that was sent can no longer arrive. An abandoned charge
   * is watched for this long, and a refund that the provider does not know waits for it. Default:
   * 10 minutes.
   *
   * @return the lifetime
   */
  default Duration requestLifetime() {
    return Duration.ofMinutes(10);
  }

  /**
   * Returns the time within which each call returns or throws, even if the provider accepts the
   * connection and never answers. Default: 20 seconds, which an adapter must then keep.
   *
   * @return the bound, shorter than {@code OrderOptions.paymentTimeout}
   */
  default Duration callTimeout() {
    return Duration.ofSeconds(20);
  }

  /**
   * A charge to authorise and capture.
   *
   * @param reference our reference, also the idempotency key
   * @param orderId whose
   * @param amount minor units
   * @param currency ISO 4217
   * @param method such as {@code credit_card}
   * @param cardToken the provider's token, or null for methods without one
   */
  record ChargeRequest(
      String reference,
      UUID orderId,
      long amount,
      String currency,
      String method,
      @Nullable CardToken cardToken) {}

  /**
   * A refund to send.
   *
   * @param reference our reference of the refund, also the idempotency key
   * @param chargeReference our reference of the charge
   * @param amount minor units
   * @param currency ISO 4217
   */
  record RefundRequest(String reference, String chargeReference, long amount, String currency) {}

  /** A provider's answer about a charge. */
  sealed interface ChargeAnswer {
    /**
     * The money is ours.
     *
     * @param providerRef the provider's reference
     * @param amount what the provider took, as it says and not as it was asked; null if it does not
     *     say: then it counts as what was asked
     */
    record Approved(String providerRef, @Nullable Amount amount) implements ChargeAnswer {
      /**
       * Creates the answer of a provider that does not say how much it took.
       *
       * @param providerRef the provider's reference
       */
      public Approved(String providerRef) {
        this(providerRef, null);
      }
    }

    /**
     * The provider said no.
     *
     * @param code why, for programs, such as {@code insufficient_funds}
     */
    record Declined(String code) implements ChargeAnswer {}

    /** The provider does not know the reference: it did not arrive, yet. */
    record NotFound() implements ChargeAnswer {}

    /**
     * The provider certainly did not accept the request (connection refused, 429, 503); it may be
     * sent again later.
     *
     * @param reason for operators, without secrets
     */
    record NotSent(String reason) implements ChargeAnswer {}

    /**
     * The charge may or may not have been made.
     *
     * @param reason for operators, without secrets
     */
    record Unknown(String reason) implements ChargeAnswer {}
  }

  /** A provider's answer to a cancellation. */
  sealed interface CancelAnswer {
    /** Nothing is charged under the reference, and nothing ever will be. */
    record Cancelled() implements CancelAnswer {}

    /**
     * The charge was made and can only be refunded.
     *
     * @param providerRef the provider's reference
     * @param amount what the provider took, as it says; null if it does not say
     */
    record AlreadyCharged(String providerRef, @Nullable Amount amount) implements CancelAnswer {
      /**
       * Creates the answer of a provider that does not say how much it took.
       *
       * @param providerRef the provider's reference
       */
      public AlreadyCharged(String providerRef) {
        this(providerRef, null);
      }
    }

    /**
     * The provider cannot cancel by reference, or does not know it: look up until it is certain.
     */
    record NotPossible() implements CancelAnswer {}

    /**
     * The provider gave no answer.
     *
     * @param reason for operators, without secrets
     */
    record Unknown(String reason) implements CancelAnswer {}
  }

  /** A provider's answer about a refund. */
  sealed interface RefundAnswer {
    /**
     * The provider refunded the charge.
     *
     * @param providerRef the provider's reference
     * @param amount what the provider gave back, as it says; null if it does not say: then it
     *     counts as what was asked
     */
    record Refunded(String providerRef, @Nullable Amount amount) implements RefundAnswer {
      /**
       * Creates the answer of a provider that does not say how much it gave back.
       *
       * @param providerRef the provider's reference
       */
      public Refunded(String providerRef) {
        this(providerRef, null);
      }
    }

    /**
     * Refused, for now: this request surely paid nothing back.
     *
     * @param reason for operators, without secrets
     */
    record Failed(String reason) implements RefundAnswer {}

    /**
     * No answer; it is sent again under the same reference, within the idempotency window.
     *
     * @param reason for operators, without secrets
     */
    record Unknown(String reason) implements RefundAnswer {}

    /** Answer to a look-up: the provider does not know the reference. */
    record NotFound() implements RefundAnswer {}

    /** Answer to a look-up: this gateway cannot look up refunds. */
    record Unsupported() implements RefundAnswer {}
  }
}
