package com.techcorp.auth.gateway;

import com.techcorp.error.WiringException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that gateways and services share: one signs context headers, all are accepted. A key's
 * id is derived from it, so all processes give it the same one. Immutable; shows no key.
 *
 * <p>To change the key without refusing a good request, first have all services accept the new one
 * ({@code of(old).alsoAccepting(next)}), then have all gateways sign with it ({@code
 * of(next).alsoAccepting(old)}), and leave the old one out a minute later.
 */
public final class ContextKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_BYTES = 32;
  private static final String ID_LABEL = "techcorp-context-key-id";
  private static final int ID_BYTES = 9;

  private final String signingId;
  private final SecretKeySpec signing;
  private final Map<String, SecretKeySpec> accepted;

  private ContextKeys(SecretKeySpec signing, Map<String, SecretKeySpec> accepted) {
    this.signingId = id(signing);
    this.signing = signing;
    this.accepted = accepted;
  }

  /**
   * Signs with a key, and accepts what was signed with it.
   *
   * @param key at least 32 random bytes; copied
   * @return the keys
   * @throws WiringException if it is shorter
   */
  public static ContextKeys of(byte[] key) {
    SecretKeySpec secret = checked(key);
    return new ContextKeys(secret, Map.of(id(secret), secret));
  }

  /**
   * Accepts what was signed with another key, too.
   *
   * @param key at least 32 random bytes; copied
   * @return a changed copy
   * @throws WiringException if it is shorter
   */
  public ContextKeys alsoAccepting(byte[] key) {
    SecretKeySpec secret = checked(key);
    Map<String, SecretKeySpec> more = new LinkedHashMap<>(accepted);
    more.put(id(secret), secret);
    return new ContextKeys(signing, more);
  }

  private static SecretKeySpec checked(byte[] key) {
    if (key.length < LEAST_BYTES) {
      throw new WiringException(
          "a key to sign context headers with must have at least "
              + LEAST_BYTES
              + " bytes, has "
              + key.length);
    }
    return new SecretKeySpec(key, ALGORITHM);
  }

  private static String id(SecretKeySpec secret) {
    byte[] derived = mac(secret).doFinal(ID_LABEL.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(derived, ID_BYTES));
  }

  private static Mac mac(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  String signingId() {
    return signingId;
  }

  /** Returns what computes signatures under the key that signs. */
  Mac signing() {
    return mac(signing);
  }

  /** Returns what computes signatures under a key; empty if there is none with this id. */
  Optional<Mac> accepted(String keyId) {
    return Optional.ofNullable(accepted.get(keyId)).map(ContextKeys::mac);
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "ContextKeys[" + accepted.size() + "]";
  }
}
