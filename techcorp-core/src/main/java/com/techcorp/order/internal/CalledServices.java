package com.techcorp.order.internal;

/** The services that the sagas of orders call; the calls to each have a bulkhead of their own. */
final class CalledServices {
  /** The payment gateway. */
  static final String PAYMENTS = "payments";

  /** The inventory, if it is elsewhere. */
  static final String INVENTORY = "inventory";

  private CalledServices() {}
}
