package com.techcorp.notification;

/** The states of a delivery. */
public enum DeliveryStatus {
  /** The delivery is recorded and not sent. */
  QUEUED,
  /** About to be sent, or being sent. */
  SENDING,
  /** The provider has it. */
  ACCEPTED,
  /** The provider delivered it. */
  DELIVERED,
  /** The provider could not deliver it. */
  BOUNCED,
  /** It surely was not sent, and is no longer tried. */
  FAILED,
  /** The message may or may not have been sent; it is not repeated. */
  AMBIGUOUS
}
