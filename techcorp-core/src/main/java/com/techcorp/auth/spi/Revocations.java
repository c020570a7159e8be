package com.techcorp.auth.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says which access tokens are refused before they expire. Each verifier reads what is new once a
 * second, so a revocation works everywhere within 2 s.
 *
 * <p>Both ways of revoking return only after the replicas that there are have it, and are
 * idempotent. Each method throws {@link com.techcorp.error.UnavailableException} if the store did
 * not answer in time. Implementations are thread-safe.
 */
public interface Revocations {
  /**
   * Revokes all tokens of a session.
   *
   * @param sessionId the session
   * @param keep how long a token of it may still be valid: the tokens' lifetime and the skew
   */
  void revokeSession(UUID sessionId, Duration keep);

  /**
   * Revokes all tokens of a user that were issued before an instant.
   *
   * @param userId the user
   * @param before to the millisecond; a token that was issued at it stays valid
   * @param keep how long such a token may still be valid: the tokens' lifetime and the skew
   */
  void revokeUser(UUID userId, Instant before, Duration keep);

  /**
   * Returns what was revoked since an earlier call. Some may come twice, none is missing.
   *
   * @param cursor of the page before; null: from the beginning
   * @param limit revocations at the most
   * @return the page
   */
  RevocationPage since(@Nullable String cursor, int limit);
}
