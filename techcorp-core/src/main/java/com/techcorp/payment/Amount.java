package com.techcorp.payment;

/**
 * Money as a provider tells it. It is not checked here: an answer whose amount is negative, or
 * whose currency is missing or not in ISO 4217, counts as unknown.
 *
 * @param minorUnits such as cents
 * @param currency ISO 4217, in upper case
 */
public record Amount(long minorUnits, String currency) {
  /** Such as {@code 1999 BRL}. */
  @Override
  public String toString() {
    return minorUnits + " " + currency;
  }
}
