package com.techcorp.auth.token;

/** The keys of an issuer: one signs, all verify. Implementations are thread-safe. */
public interface IssuerKeys extends VerificationKeys {
  /**
   * Returns the key that signs now. It is asked for each token.
   *
   * @return the key
   * @throws com.techcorp.error.UnavailableException if it cannot be said now which one does
   */
  SigningKey signing();

  /**
   * Returns the document that publishes all public keys.
   *
   * @return the document
   * @throws com.techcorp.error.UnavailableException if it cannot be said now which keys there are;
   *     answer 503, and verifiers go on with those that they have
   */
  Jwks jwks();
}
