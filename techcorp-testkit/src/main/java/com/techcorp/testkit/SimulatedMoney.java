package com.techcorp.testkit;

/**
 * The money that moved at a {@link SimulatedGateway}, by the provider's books, in minor units, over
 * all references.
 *
 * @param charged money taken, and not voided
 * @param refunded money given back
 * @param charges how many times money was taken
 * @param refunds how many times money was given back
 */
public record SimulatedMoney(long charged, long refunded, int charges, int refunds) {
  /** No money moved. */
  public static final SimulatedMoney NONE = new SimulatedMoney(0, 0, 0, 0);

  /**
   * Returns the sum of both.
   *
   * @param other more
   * @return both together
   */
  public SimulatedMoney plus(SimulatedMoney other) {
    return new SimulatedMoney(
        charged + other.charged,
        refunded + other.refunded,
        charges + other.charges,
        refunds + other.refunds);
  }

  /**
   * Returns what the merchant keeps.
   *
   * @return charged less refunded
   */
  public long kept() {
    return charged - refunded;
  }
}
