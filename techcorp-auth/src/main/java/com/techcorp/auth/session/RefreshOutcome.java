package com.techcorp.auth.session;

import java.time.Instant;
import java.util.UUID;

/** What became of a refresh. */
public sealed interface RefreshOutcome {
  /**
   * The session goes on with this token; all who present the same one at the same time get it.
   *
   * @param userId the session's user
   * @param createdAt when the user logged in: not before the user's {@code sessionsValidAfter}, or
   *     the session has ended all the same
   * @param successor for the client
   */
  record Refreshed(UUID userId, Instant createdAt, RefreshToken successor)
      implements RefreshOutcome {}

  /** The text is no token that this service derived, or was derived under a key that is gone. */
  record NotGenuine() implements RefreshOutcome {}

  /**
   * The session has ended, has expired or never was.
   *
   * @param sessionId which
   */
  record Gone(UUID sessionId) implements RefreshOutcome {}

  /**
   * A token was used a second time, so somebody else may have it. The session has ended.
   *
   * @param sessionId which
   * @param userId its user
   */
  record Reused(UUID sessionId, UUID userId) implements RefreshOutcome {}

  /**
   * What was stored is no session that this version understands. It has ended.
   *
   * @param sessionId which
   */
  record Unreadable(UUID sessionId) implements RefreshOutcome {}
}
