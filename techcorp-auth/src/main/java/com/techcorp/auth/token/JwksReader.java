package com.techcorp.auth.token;

import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the keys of a JWKS document that can verify our tokens. Others are skipped, as RFC 7517
 * wants: an issuer may publish keys for other algorithms and other uses.
 */
final class JwksReader {
  private JwksReader() {}

  /**
   * Returns the keys by id.
   *
   * @throws IllegalArgumentException if it is no such document
   */
  static Map<String, VerificationKey> keys(String json) {
    Map<String, VerificationKey> keys = new LinkedHashMap<>();
    for (JsonObject jwk : JsonObject.parse(json).objects("keys")) {
      if (isOurs(jwk)) {
        key(jwk).ifPresent(key -> keys.putIfAbsent(key.id(), key));
      }
    }
    return Map.copyOf(keys);
  }

  private static boolean isOurs(JsonObject jwk) {
    return "RSA".equals(jwk.get("kty"))
        && "sig".equals(jwk.getOrDefault("use", "sig"))
        && TokenHeader.ALGORITHM.equals(jwk.getOrDefault("alg", TokenHeader.ALGORITHM));
  }

  /** Returns a key; empty if it is too weak or malformed, so that it spoils no other. */
  private static Optional<VerificationKey> key(JsonObject jwk) {
    try {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e"));
      RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
      return Optional.of(new VerificationKey(jwk.text("kid"), key));
    } catch (WiringException | IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static BigInteger number(JsonObject jwk, String field) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(field)));
  }
}
