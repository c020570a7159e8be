package com.techcorp.auth.token;

import com.techcorp.error.Require;
import com.techcorp.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** What holds for every RSA key, wherever it comes from. */
final class RsaKeys {
  static final int LEAST_BITS = 2_048;

  /** More would let a key cost a hundred times the work of a usual one. */
  static final int MOST_BITS = 8_192;

  private static final int LONGEST_ID = 128;

  private RsaKeys() {}

  static void requireStrong(RSAKey key) {
    int bits = key.getModulus().bitLength();
    Require.between("the bits of an RSA key", bits, LEAST_BITS, MOST_BITS);
  }

  static void requireId(String id) {
    Require.that(
        !id.isEmpty() && id.length() <= LONGEST_ID,
        "a key's id",
        "of 1 to " + LONGEST_ID + " characters",
        id.length());
  }

  /** Returns the key's thumbprint as RFC 7638 defines it: SHA-256, base64url. */
  static String thumbprint(RSAPublicKey key) {
    String canonical =
        JsonObject.builder()
            .put("e", base64url(key.getPublicExponent()))
            .put("kty", "RSA")
            .put("n", base64url(key.getModulus()))
            .build()
            .toString();
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return base64url(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Returns a number as a JWK has it: big-endian, without a leading zero byte. */
  static String base64url(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return base64url(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
