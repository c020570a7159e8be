package com.techcorp.payment;

/** The states of a refund. */
public enum RefundStatus {
  /** The refund is recorded and being sent. */
  PENDING,
  /** The provider has done it. */
  SUCCEEDED,
  /** The provider refused it so far; it is tried again. */
  FAILED
}
