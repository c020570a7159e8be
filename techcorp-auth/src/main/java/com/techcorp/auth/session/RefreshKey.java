package com.techcorp.auth.session;

import com.techcorp.error.WiringException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret under which refresh tokens are derived. Whoever has it can make a token of any session
 * whose id he knows. Immutable; shows no key.
 */
public final class RefreshKey {
  static final int ID_BYTES = 4;
  static final int MAC_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_BYTES = 32;

  /** Keeps apart what else is made of the same secret, should a host use it twice. */
  private static final byte[] ID_PURPOSE = ascii("techcorp refresh key id");

  private static final byte[] TOKEN_PURPOSE = ascii("techcorp refresh token");

  private final SecretKeySpec secret;
  private final byte[] id;

  private RefreshKey(SecretKeySpec secret) {
    this.secret = secret;
    this.id = Arrays.copyOf(mac(ID_PURPOSE, new byte[0]), ID_BYTES);
  }

  /**
   * Takes a secret.
   *
   * @param secret at least 32 random bytes; copied
   * @return the key
   * @throws WiringException if it is shorter
   */
  public static RefreshKey of(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new WiringException(
          "a refresh key must have at least " + LEAST_BYTES + " bytes, has " + secret.length);
    }
    return new RefreshKey(new SecretKeySpec(secret, ALGORITHM));
  }

  /** Tells keys apart, and nothing about the secret. */
  byte[] id() {
    return id.clone();
  }

  byte[] mac(byte[] text) {
    return mac(TOKEN_PURPOSE, text);
  }

  private byte[] mac(byte[] purpose, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(purpose);
      mac.update((byte) 0);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns a description without the key. */
  @Override
  public String toString() {
    return "RefreshKey[***]";
  }
}
