package com.techcorp.auth.token;

import java.security.interfaces.RSAPublicKey;

/**
 * A public key that verifies tokens: RSA of 2,048 bits or more. Immutable.
 *
 * @param id by which tokens name it: {@code kid}
 * @param publicKey the key
 */
public record VerificationKey(String id, RSAPublicKey publicKey) {
  /**
   * Refuses a key that is too weak.
   *
   * @throws com.techcorp.error.WiringException if it has fewer than 2,048 bits, or no id
   */
  public VerificationKey {
    RsaKeys.requireId(id);
    RsaKeys.requireStrong(publicKey);
  }

  /**
   * Returns a key under an id that is derived from it (RFC 7638), so that all processes give it the
   * same one.
   *
   * @param publicKey RSA of 2,048 bits or more
   * @return the key
   * @throws com.techcorp.error.WiringException if it has fewer bits
   */
  public static VerificationKey of(RSAPublicKey publicKey) {
    return new VerificationKey(RsaKeys.thumbprint(publicKey), publicKey);
  }

  /**
   * Reads a key from a PEM file: {@code BEGIN PUBLIC KEY} (X.509) or {@code BEGIN CERTIFICATE}. Of
   * a certificate only the key counts: neither its dates nor who signed it.
   *
   * @param pem the file's text
   * @return the key, under an id that is derived from it
   * @throws com.techcorp.error.WiringException if it is no such file, or no RSA key of 2,048 bits
   *     or more
   */
  public static VerificationKey ofPem(String pem) {
    return of(PemText.publicKey(pem));
  }

  /** Returns a description without the key. */
  @Override
  public String toString() {
    return "VerificationKey[RSA, " + publicKey.getModulus().bitLength() + " bits]";
  }
}
