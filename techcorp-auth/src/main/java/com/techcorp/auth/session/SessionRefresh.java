package com.techcorp.auth.session;

import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Presents refresh tokens to the store of sessions, and derives their successors: the store has
 * only hashes. Thread-safe; shows no token.
 */
public final class SessionRefresh {
  /** Each time, another client has replaced the same session's token in between. */
  private static final int MOST_ATTEMPTS = 5;

  private final SessionStore sessions;
  private final RefreshTokens tokens;
  private final SessionOptions options;

  private SessionRefresh(SessionStore sessions, RefreshTokens tokens, SessionOptions options) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.options = options;
  }

  /**
   * Refreshes the sessions of a store.
   *
   * @param sessions the store
   * @param tokens of the same keys in all processes
   * @param options grace period and lost replies
   * @return the refresh
   */
  public static SessionRefresh of(
      SessionStore sessions, RefreshTokens tokens, SessionOptions options) {
    return new SessionRefresh(sessions, tokens, options);
  }

  /**
   * Presents a token.
   *
   * @param text as the client sent it, or null if it sent nothing
   * @return the successor, or why there is none
   * @throws UnavailableException if the store did not answer in time; present the same token again
   */
  public RefreshOutcome refresh(@Nullable String text) {
    RefreshToken presented = tokens.recognise(text).orElse(null);
    return presented == null ? new RefreshOutcome.NotGenuine() : refresh(presented);
  }

  private RefreshOutcome refresh(RefreshToken presented) {
    int unused = presented.generation() + 1;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      RotationResult result = sessions.rotate(rotation(presented, unused));
      if (!(result instanceof RotationResult.Expected expected)) {
        return outcome(presented.sessionId(), result);
      }
      unused = expected.generation();
    }
    throw new UnavailableException(
        "the session changed with each attempt to refresh it: present the same token again");
  }

  /**
   * Offers the hashes of what may follow.
   *
   * @param unused which generation a successor is thought to have that was never used
   */
  private Rotation rotation(RefreshToken presented, int unused) {
    UUID session = presented.sessionId();
    return new Rotation(
        session,
        presented.generation(),
        new Rotation.Successors(
            tokens.derive(session, presented.generation() + 1).hash(),
            unused,
            tokens.derive(session, unused + 1).hash()),
        options.grace(),
        options.lostReplies());
  }

  private RefreshOutcome outcome(UUID session, RotationResult result) {
    if (result instanceof RotationResult.Current current) {
      return new RefreshOutcome.Refreshed(
          current.userId(), current.createdAt(), successor(session, current));
    }
    if (result instanceof RotationResult.Reused reused) {
      return new RefreshOutcome.Reused(session, reused.userId());
    }
    if (result instanceof RotationResult.Unreadable) {
      return new RefreshOutcome.Unreadable(session);
    }
    return new RefreshOutcome.Gone(session);
  }

  /** Another process may derive under a key that this one only accepts. */
  private RefreshToken successor(UUID session, RotationResult.Current current) {
    return tokens
        .derive(session, current.generation(), current.tokenHash())
        .orElseThrow(
            () ->
                new UnavailableException(
                    "another process derived the session's token under a refresh key that this one"
                        + " does not have: give all processes the same keys"));
  }
}
