package com.techcorp.examples.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the products of some categories a code, as makers print it on them: two letters for the
 * category, and a number that is one higher than the last product's. Not thread-safe.
 */
final class ProductCodes {

  private static final int FIRST = 1010;
  private static final Map<String, String> LETTERS =
      Map.of(
          "backpacks", "BC",
          "sneakers", "SN",
          "watches", "WT",
          "cookware", "CW",
          "small-appliances", "SA",
          "lighting", "LT",
          "headphones", "HP",
          "computer-accessories", "CA",
          "phone-accessories", "PA");

  private final Map<String, Integer> given = new HashMap<>();

  /** The code of the category's next product, or empty if products of the category have none. */
  Optional<String> next(String category) {
    return Optional.ofNullable(LETTERS.get(category))
        .map(letters -> letters + (FIRST - 1 + given.merge(category, 1, Integer::sum)));
  }
}
