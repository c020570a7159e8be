package com.techcorp.bench.scenario.auth;

import com.techcorp.auth.token.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * One RSA key, as the library takes it and as the bare work does.
 *
 * @param publicKey of the bare work
 * @param privateKey of the bare work
 * @param signing of the library
 */
record BenchKey(RSAPublicKey publicKey, RSAPrivateKey privateKey, SigningKey signing) {
  private static final int BITS = 2_048;
  private static final int LINE = 64;

  static BenchKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new BenchKey(
          (RSAPublicKey) pair.getPublic(),
          (RSAPrivateKey) pair.getPrivate(),
          SigningKey.ofPem(pem(pair.getPrivate().getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM makes RSA keys", e);
    }
  }

  private static String pem(byte[] pkcs8) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(LINE, newline).encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
