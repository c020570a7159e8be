package com.techcorp.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What an access token says of its user and of itself. Immutable; its text shows no value.
 *
 * @param userId the user: the claim {@code sub}
 * @param email the user's e-mail address as it is stored: the claim {@code email}
 * @param sessionId the session in which the token was issued: the claim {@code sid}
 * @param tokenId the token's own id, a UUID of version 7: the claim {@code jti}
 * @param issuedAt when it was issued, to the millisecond: the time in {@code tokenId}, of which the
 *     claim {@code iat} has the whole seconds
 * @param expiresAt from when on it is no longer valid: the claim {@code exp}
 */
public record TokenClaims(
    UUID userId, String email, UUID sessionId, UUID tokenId, Instant issuedAt, Instant expiresAt) {
  /** Refuses a null. */
  public TokenClaims {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(tokenId, "tokenId");
    Objects.requireNonNull(issuedAt, "issuedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** Returns a description without the claims: it may end up in a log. */
  @Override
  public String toString() {
    return "TokenClaims[***]";
  }
}
