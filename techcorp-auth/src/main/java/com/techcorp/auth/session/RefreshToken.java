package com.techcorp.auth.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * A genuine refresh token. Anyone who has its value can go on with the session, so it goes to the
 * client only. Immutable; its text shows no value.
 *
 * @param value what the client keeps and sends
 * @param sessionId the session
 * @param generation how many tokens of the session there are with it, from 1
 */
public record RefreshToken(String value, UUID sessionId, int generation) {
  /** Refuses a null. */
  public RefreshToken {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(sessionId, "sessionId");
  }

  /**
   * Returns what a store keeps of the token.
   *
   * @return its SHA-256, as base64url without padding: 43 characters
   */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(value.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Returns a description without the token: it may end up in a log. */
  @Override
  public String toString() {
    return "RefreshToken[***]";
  }
}
