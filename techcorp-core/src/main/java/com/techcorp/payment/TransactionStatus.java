package com.techcorp.payment;

/** The states of a charge. */
public enum TransactionStatus {
  /** Recorded, about to be sent. */
  PENDING,
  /** Sent, no answer yet. */
  UNKNOWN,
  /** The money is ours. */
  APPROVED,
  /** The provider said no. */
  DECLINED,
  /**
   * Given up: without an answer, and watched until no charge can arrive late; or because another
   * amount was taken than asked for, and on its way back.
   */
  ABANDONED,
  /** Surely never charged, or cancelled at the provider. */
  VOIDED,
  /** All of the money was refunded. */
  REFUNDED,
  /** Some of it went back. */
  PARTIALLY_REFUNDED
}
