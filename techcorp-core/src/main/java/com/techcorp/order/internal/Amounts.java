package com.techcorp.order.internal;

import com.techcorp.payment.Amount;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Validates amounts from a gateway before they are used, because the gateway is host code. */
final class Amounts {
  private Amounts() {}

  /**
   * Returns why an amount cannot be used; null if it can, also if there is none.
   *
   * @param told as the gateway gave it
   */
  static @Nullable String unusable(@Nullable Amount told) {
    if (told == null) {
      return null;
    }
    if (told.currency() == null) {
      return "the gateway gave an amount of " + told.minorUnits() + " without a currency";
    }
    if (told.minorUnits() < 0) {
      return "the gateway gave the negative amount " + told;
    }
    return isCurrency(told.currency())
        ? null
        : "the gateway gave the amount " + told + " in a currency that ISO 4217 does not know";
  }

  private static boolean isCurrency(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode().equals(code);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
