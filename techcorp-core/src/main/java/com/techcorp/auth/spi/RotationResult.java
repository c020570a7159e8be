package com.techcorp.auth.spi;

import java.time.Instant;
import java.util.UUID;

/** The answer to a presented refresh token. */
public sealed interface RotationResult {
  /**
   * This token is the session's current one: new, or the same that another caller got.
   *
   * @param userId the session's user
   * @param createdAt when the user logged in, as the session was created with it: sessions that are
   *     older than the user's {@code sessionsValidAfter} have ended
   * @param generation the token's generation
   * @param tokenHash the token's hash, which tells under which key it was derived
   */
  record Current(UUID userId, Instant createdAt, int generation, String tokenHash)
      implements RotationResult {
    /** Returns a description without the hash. */
    @Override
    public String toString() {
      return "Current[" + generation + " of " + userId + "]";
    }
  }

  /**
   * An unused successor would be replaced, but it has another generation than {@link
   * Rotation.Successors#replacedGeneration}. Nothing has changed: ask again with this one.
   *
   * @param generation which one is current
   */
  record Expected(int generation) implements RotationResult {}

  /**
   * A token was used a second time: somebody else may have it. The session has ended with this
   * call.
   *
   * @param userId the session's user
   */
  record Reused(UUID userId) implements RotationResult {}

  /** There is no such session: it has ended, has expired or never was. */
  record Gone() implements RotationResult {}

  /** What was stored is no session that this version understands. It has ended with this call. */
  record Unreadable() implements RotationResult {}
}
