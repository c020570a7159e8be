package com.techcorp.auth.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes under a key that is derived from the host's, for one purpose: nobody without the key can
 * make such a hash, or find out what was hashed by trying. Thread-safe; shows no key.
 */
final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret the host's key
   * @param purpose hashes for one purpose are of no use for another
   */
  KeyedHash(byte[] secret, String purpose) {
    Mac derivation = mac(new SecretKeySpec(secret, ALGORITHM));
    byte[] derived = derivation.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    this.key = new SecretKeySpec(derived, ALGORITHM);
  }

  /** Returns 32 bytes. */
  byte[] of(byte[] content) {
    return mac(key).doFinal(content);
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Returns a description without the key. */
  @Override
  public String toString() {
    return "KeyedHash[***]";
  }
}
