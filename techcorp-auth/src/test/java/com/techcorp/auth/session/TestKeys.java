package com.techcorp.auth.session;

import java.util.Arrays;

/** Keys of tests. */
final class TestKeys {
  private TestKeys() {}

  /** The same key for the same number. */
  static RefreshKey key(int number) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return RefreshKey.of(secret);
  }

  static RefreshTokens tokens(int number) {
    return RefreshTokens.of(RefreshKeys.of(key(number)));
  }

  static RefreshTokens tokens(int current, int previous) {
    return RefreshTokens.of(RefreshKeys.of(key(current), key(previous)));
  }
}
