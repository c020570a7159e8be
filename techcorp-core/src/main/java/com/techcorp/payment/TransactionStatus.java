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
  /** Given up without an answer; watched until no charge can arrive late. */
  ABANDONED,
  /** Surely never charged, or cancelled at the provider before it counted. */
  VOIDED,
  /** All of it went back. */
  REFUNDED,
  /** Some of it went back. */
  PARTIALLY_REFUNDED
}
