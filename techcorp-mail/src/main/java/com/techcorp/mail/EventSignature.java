package com.techcorp.mail;

import com.techcorp.error.WiringException;
import com.techcorp.mail.WebhookRefusedException.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Whether a request was signed by the one whose key is believed, and lately. */
final class EventSignature {
  private static final int P_256_BITS = 256;

  private final PublicKey key;
  private final Duration tolerance;

  EventSignature(String publicKey, Duration tolerance) {
    this.key = key(publicKey);
    this.tolerance = tolerance;
  }

  private static PublicKey key(String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
      if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P_256_BITS) {
        return key;
      }
      throw new WiringException("SendGrid: the webhook's key must be on the curve P-256");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new WiringException(
          "SendGrid: the webhook's key must be the verification key that SendGrid shows, in base64");
    }
  }

  /** Refuses what was not signed, not by the key, or not lately; also what is from the future. */
  void check(@Nullable String signature, @Nullable String timestamp, byte[] body, Instant now) {
    if (signature == null || timestamp == null || !timestamp.matches("[0-9]{1,11}")) {
      throw new WebhookRefusedException(Problem.UNSIGNED, "signature or timestamp is missing");
    }
    if (!isSigned(signature, timestamp, body)) {
      throw new WebhookRefusedException(Problem.FORGED, "the signature is not of this request");
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(signed, now).abs().compareTo(tolerance) > 0) {
      throw new WebhookRefusedException(
          Problem.STALE, "signed at " + signed + ", and now it is " + now);
    }
  }

  private boolean isSigned(String signature, String timestamp, byte[] body) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(timestamp.getBytes(StandardCharsets.US_ASCII));
      verifier.update(body);
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new WebhookRefusedException(Problem.UNSIGNED, "the signature cannot be read");
    }
  }
}
