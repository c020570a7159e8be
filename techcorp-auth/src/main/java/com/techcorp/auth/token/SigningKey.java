package com.techcorp.auth.token;

import com.techcorp.error.Require;
import com.techcorp.error.WiringException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * A private key that signs tokens, with its public key: RSA of 2,048 bits or more. Its id is
 * derived from the public key (RFC 7638). Immutable; shows no key.
 */
public final class SigningKey {
  private final RSAPrivateKey privateKey;
  private final VerificationKey verificationKey;

  private SigningKey(RSAPrivateKey privateKey, VerificationKey verificationKey) {
    this.privateKey = privateKey;
    this.verificationKey = verificationKey;
  }

  /**
   * Makes a new key of 2,048 bits. Only this process has it.
   *
   * @return the key
   */
  public static SigningKey generate() {
    return generate(RsaKeys.LEAST_BITS);
  }

  /**
   * Makes a new key. Only this process has it.
   *
   * @param bits 2,048 to 8,192
   * @return the key
   * @throws WiringException if it is too small or too large
   */
  public static SigningKey generate(int bits) {
    Require.between("SigningKey.bits", bits, RsaKeys.LEAST_BITS, RsaKeys.MOST_BITS);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      return of((RSAPrivateKey) pair.getPrivate(), (RSAPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM makes RSA keys", e);
    }
  }

  /**
   * Reads a key from a PEM file: {@code BEGIN PRIVATE KEY} (PKCS#8, not encrypted).
   *
   * @param pem the file's text
   * @return the key
   * @throws WiringException if it is no such file, or no RSA key of 2,048 bits or more
   */
  public static SigningKey ofPem(String pem) {
    return of(PemText.privateKey(pem));
  }

  /**
   * Reads the only private key of a PKCS#12 store.
   *
   * @param store the file's bytes
   * @param password of the store and of the key
   * @return the key
   * @throws WiringException if the store cannot be read, or does not have exactly one private key,
   *     or it is no RSA key of 2,048 bits or more
   */
  public static SigningKey ofPkcs12(byte[] store, char[] password) {
    return of(Pkcs12Store.privateKey(store, password, null));
  }

  /**
   * Reads a private key of a PKCS#12 store.
   *
   * @param store the file's bytes
   * @param password of the store and of the key
   * @param alias the key's
   * @return the key
   * @throws WiringException if the store cannot be read, or there is no RSA key of 2,048 bits or
   *     more under this alias
   */
  public static SigningKey ofPkcs12(byte[] store, char[] password, String alias) {
    return of(Pkcs12Store.privateKey(store, password, alias));
  }

  /** The public key is in the private one, so that no file can name another. */
  private static SigningKey of(RSAPrivateCrtKey key) {
    RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    RsaKeys.requireStrong(key);
    try {
      return of(key, (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw new WiringException("the private key's public half is no RSA key");
    }
  }

  /**
   * Reads a private key.
   *
   * @param der PKCS#8
   * @throws WiringException if it is no RSA key of 2,048 bits or more
   */
  static SigningKey ofPkcs8(byte[] der) {
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (key instanceof RSAPrivateCrtKey rsa) {
        return of(rsa);
      }
    } catch (GeneralSecurityException e) {
      throw new WiringException("the private key is no RSA key");
    }
    throw new WiringException("the private key lacks its primes");
  }

  private static SigningKey of(RSAPrivateKey privateKey, RSAPublicKey publicKey) {
    return new SigningKey(privateKey, VerificationKey.of(publicKey));
  }

  /**
   * Returns the public half.
   *
   * @return what verifies this key's tokens
   */
  public VerificationKey verificationKey() {
    return verificationKey;
  }

  RSAPrivateKey privateKey() {
    return privateKey;
  }

  /** Returns a description without the key. */
  @Override
  public String toString() {
    return "SigningKey[***]";
  }
}
