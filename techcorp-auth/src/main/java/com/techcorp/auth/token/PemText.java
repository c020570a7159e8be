package com.techcorp.auth.token;

import com.techcorp.error.WiringException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys in PEM. No exception has a cause: it might quote what the file holds. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemText() {}

  static RSAPrivateCrtKey privateKey(String pem) {
    byte[] der =
        block(pem, "PRIVATE KEY")
            .orElseThrow(
                () ->
                    new WiringException(
                        "a signing key must be a PEM file with BEGIN PRIVATE KEY (PKCS#8, not"
                            + " encrypted); openssl pkcs8 -topk8 -nocrypt makes one of an RSA"
                            + " PRIVATE KEY or an ENCRYPTED PRIVATE KEY"));
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (key instanceof RSAPrivateCrtKey rsa) {
        return rsa;
      }
    } catch (GeneralSecurityException e) {
      throw new WiringException("the PRIVATE KEY in the PEM file is no RSA key");
    }
    throw new WiringException("the PRIVATE KEY in the PEM file lacks its primes");
  }

  static RSAPublicKey publicKey(String pem) {
    Optional<byte[]> key = block(pem, "PUBLIC KEY");
    Optional<byte[]> certificate = block(pem, "CERTIFICATE");
    try {
      if (key.isPresent()) {
        return rsa(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.get())));
      }
      if (certificate.isPresent()) {
        return rsa(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.get()))
                .getPublicKey());
      }
    } catch (GeneralSecurityException e) {
      throw new WiringException("the PEM file holds no RSA key that can be read");
    }
    throw new WiringException(
        "a key to verify tokens must be a PEM file with BEGIN PUBLIC KEY or BEGIN CERTIFICATE");
  }

  private static RSAPublicKey rsa(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa;
    }
    throw new WiringException("the key in the PEM file is " + key.getAlgorithm() + ", not RSA");
  }

  private static Optional<byte[]> block(String pem, String label) {
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      if (block.group(1).equals(label)) {
        return Optional.of(decoded(block.group(2), label));
      }
    }
    return Optional.empty();
  }

  private static byte[] decoded(String base64, String label) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new WiringException("the " + label + " in the PEM file is not base64");
    }
  }
}
