package com.techcorp.order;

/** The states of an order. */
public enum OrderStatus {
  /** Accepted; stock and payment are being settled. */
  CREATED,
  /** Paid, and its stock is sold. */
  CONFIRMED,
  /** Ended without a sale, or taken back before it was shipped. */
  CANCELLED,
  /** On its way. */
  SHIPPED,
  /** The order arrived. */
  DELIVERED
}
