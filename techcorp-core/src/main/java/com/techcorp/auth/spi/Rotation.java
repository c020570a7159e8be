package com.techcorp.auth.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * A genuine refresh token that a client presents: the caller has checked that it was derived under
 * its key.
 *
 * @param sessionId the session that the token names
 * @param generation the token's generation, from 1
 * @param successors the hashes of the tokens that may follow
 * @param grace how long after a rotation the previous token still gets the current one
 * @param lostReplies whether the previous token replaces a successor that was never used after the
 *     grace period, instead of ending the session
 */
public record Rotation(
    UUID sessionId, int generation, Successors successors, Duration grace, boolean lostReplies) {
  /** Refuses a null, and a generation below 1. */
  public Rotation {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(successors, "successors");
    Objects.requireNonNull(grace, "grace");
    if (generation < 1) {
      throw new IllegalArgumentException("generations count from 1, not from " + generation);
    }
  }

  /**
   * Hashes of the tokens that may become the current one, as base64url without padding: 43
   * characters each.
   *
   * @param ofNext of the generation after the presented one
   * @param replacedGeneration the generation that an unused successor is expected to have
   * @param ofReplacement of the generation after that
   */
  public record Successors(String ofNext, int replacedGeneration, String ofReplacement) {
    /** Refuses a null. */
    public Successors {
      Objects.requireNonNull(ofNext, "ofNext");
      Objects.requireNonNull(ofReplacement, "ofReplacement");
    }

    /** Returns a description without the hashes. */
    @Override
    public String toString() {
      return "Successors[***]";
    }
  }
}
