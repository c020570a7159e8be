package com.techcorp.auth.token;

import com.techcorp.error.WiringException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of an issuer as its host gives them: one signs, all verify. Immutable; shows no key.
 *
 * <p>{@link SharedKeys} change by themselves. To change the signing key without refusing a good
 * token, first publish the new one ({@code of(old).alsoVerifying(next)}). Sign with it once every
 * verifier has read it ({@code of(next).alsoVerifying(old)}), and leave the old one out once the
 * last of its tokens has expired.
 */
public final class TokenKeys implements IssuerKeys {
  private final SigningKey signing;
  private final Map<String, VerificationKey> verifying;

  private TokenKeys(SigningKey signing, Map<String, VerificationKey> verifying) {
    this.signing = signing;
    this.verifying = verifying;
  }

  /**
   * Signs with a key, and verifies what it signed.
   *
   * @param signing the key
   * @return the keys
   */
  public static TokenKeys of(SigningKey signing) {
    VerificationKey key = signing.verificationKey();
    return new TokenKeys(signing, Map.of(key.id(), key));
  }

  /**
   * Verifies what another key signed, too.
   *
   * @param key the next signing key, or the one before
   * @return a changed copy
   * @throws WiringException if another key has this id
   */
  public TokenKeys alsoVerifying(VerificationKey key) {
    Map<String, VerificationKey> more = new LinkedHashMap<>(verifying);
    VerificationKey before = more.putIfAbsent(key.id(), key);
    if (before != null && !before.equals(key)) {
      throw new WiringException("two keys to verify tokens have the same id: give each its own");
    }
    return new TokenKeys(signing, more);
  }

  @Override
  public Optional<VerificationKey> find(String keyId) {
    return Optional.ofNullable(verifying.get(keyId));
  }

  /**
   * Returns the document that publishes all public keys, to be kept for {@link Jwks#MAX_AGE}.
   *
   * @return the document
   */
  @Override
  public Jwks jwks() {
    return jwks(Jwks.MAX_AGE);
  }

  /**
   * Returns the document that publishes all public keys.
   *
   * @param maxAge how long a verifier may keep it, 1 s to 24 h
   * @return the document
   * @throws WiringException if the time is out of range
   */
  public Jwks jwks(Duration maxAge) {
    return Jwks.of(verifying.values(), maxAge);
  }

  @Override
  public SigningKey signing() {
    return signing;
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "TokenKeys[" + verifying.size() + "]";
  }
}
