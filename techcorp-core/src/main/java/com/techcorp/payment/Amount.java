package com.techcorp.payment;

/**
 * An amount of money. Nothing is checked here: if a provider reports a negative amount, or a
 * currency that is missing or not in ISO 4217, its answer counts as unknown.
 *
 * @param minorUnits such as cents
 * @param currency ISO 4217, in upper case
 */
public record Amount(long minorUnits, String currency) {
  /** Returns the amount as text, such as {@code 1999 BRL}. */
  @Override
  public String toString() {
    return minorUnits + " " + currency;
  }
}
