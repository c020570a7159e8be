package com.techcorp.auth.token;

import com.techcorp.error.Require;
import com.techcorp.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The document that publishes an issuer's public keys (RFC 7517). The host serves it, by any
 * framework, usually under {@code /.well-known/jwks.json}.
 *
 * @param json the body
 * @param maxAge how long a verifier may go on with it before it asks again
 */
public record Jwks(String json, Duration maxAge) {
  /** The header {@code Content-Type}. */
  public static final String CONTENT_TYPE = "application/jwk-set+json";

  /** How long a verifier may keep the document unless said otherwise: 5 minutes. */
  public static final Duration MAX_AGE = Duration.ofMinutes(5);

  /**
   * Refuses a value that is out of range.
   *
   * @throws com.techcorp.error.WiringException if {@code maxAge} is not 1 s to 24 h
   */
  public Jwks {
    Require.between("Jwks.maxAge", maxAge, Duration.ofSeconds(1), Duration.ofSeconds(86_400));
  }

  static Jwks of(Collection<VerificationKey> keys, Duration maxAge) {
    List<JsonObject> published = new ArrayList<>();
    for (VerificationKey key : keys) {
      published.add(
          JsonObject.builder()
              .put("kty", "RSA")
              .put("use", "sig")
              .put("alg", TokenHeader.ALGORITHM)
              .put("kid", key.id())
              .put("n", RsaKeys.base64url(key.publicKey().getModulus()))
              .put("e", RsaKeys.base64url(key.publicKey().getPublicExponent()))
              .build());
    }
    return new Jwks(JsonObject.builder().putObjects("keys", published).build().toString(), maxAge);
  }

  /**
   * Returns the header that lets verifiers keep the document.
   *
   * @return the value of {@code Cache-Control}
   */
  public String cacheControl() {
    return "public, max-age=" + maxAge.toSeconds();
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "Jwks[" + cacheControl() + "]";
  }
}
