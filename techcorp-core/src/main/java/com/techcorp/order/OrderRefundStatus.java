package com.techcorp.order;

/** How far the refund of an order is. */
public enum OrderRefundStatus {
  /** Its money is to go back. */
  REQUESTED,
  /** Its money went back. */
  REFUNDED
}
