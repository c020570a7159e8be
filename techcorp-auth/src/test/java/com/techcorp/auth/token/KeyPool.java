package com.techcorp.auth.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives new keys to one store. All pools give the same ones: to make one takes longer than most
 * tests.
 */
final class KeyPool implements Supplier<SigningKey> {
  private static final List<SigningKey> KEYS =
      new ArrayList<>(List.of(TestTokens.KEY, TestTokens.OTHER_KEY));

  private int given;

  @Override
  public synchronized SigningKey get() {
    return key(given++);
  }

  /** Returns one of the keys that all pools give in this order. */
  static synchronized SigningKey key(int number) {
    while (KEYS.size() <= number) {
      KEYS.add(SigningKey.generate());
    }
    return KEYS.get(number);
  }
}
