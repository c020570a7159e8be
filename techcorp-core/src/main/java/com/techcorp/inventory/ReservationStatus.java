package com.techcorp.inventory;

/** The states of a reservation. */
public enum ReservationStatus {
  /** The stock is held. */
  PENDING,
  /** Sold. */
  CONFIRMED,
  /** Given back before it was sold. */
  RELEASED,
  /** Given back because its time ran out. */
  EXPIRED,
  /** Returned after it was sold. */
  REVERSED
}
