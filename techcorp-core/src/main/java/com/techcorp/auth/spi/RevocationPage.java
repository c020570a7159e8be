package com.techcorp.auth.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Some revocations.
 *
 * @param revocations in the order in which they were made
 * @param cursor for the next page; opaque
 * @param more whether more are there now
 */
public record RevocationPage(List<Revocation> revocations, String cursor, boolean more) {
  /** Makes an unmodifiable copy. */
  public RevocationPage {
    revocations = List.copyOf(revocations);
  }

  /** One revocation. */
  public sealed interface Revocation {
    /**
     * Returns how long a verifier must remember it from now on.
     *
     * @return until no token that it concerns is valid
     */
    Duration keep();
  }

  /**
   * All tokens of a session.
   *
   * @param sessionId the session
   * @param keep how long to remember it
   */
  public record OfSession(UUID sessionId, Duration keep) implements Revocation {}

  /**
   * All tokens of a user that were issued before an instant.
   *
   * @param userId the user
   * @param before to the millisecond
   * @param keep how long to remember it
   */
  public record OfUser(UUID userId, Instant before, Duration keep) implements Revocation {}
}
