package com.techcorp.auth.memory;

import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.SessionOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An honest user's browser: its tabs share one token. It is entitled to stay logged in as long as
 * nobody else uses a token of the session, and a reply to each token arrives within its grace
 * period. If lost replies are allowed, it is entitled also if none arrives.
 */
final class ModelBrowser {
  private final ModelSession session;
  private final SessionOptions options;

  /** Null: it was logged out. */
  private @Nullable RefreshToken token;

  /** When a tab first presented the token; null: none has. */
  private @Nullable Instant askedAt;

  private boolean robbed;
  private boolean cutOff;

  ModelBrowser(ModelSession session, RefreshToken first, SessionOptions options) {
    this.session = session;
    this.token = first;
    this.options = options;
  }

  ModelSession session() {
    return session;
  }

  @Nullable RefreshToken token() {
    return token;
  }

  boolean isEntitled(Instant now) {
    return token != null && session.isLive(now) && !robbed && !cutOff;
  }

  /** Somebody else presents a token of the session. */
  void robbed() {
    robbed = true;
  }

  /** A tab presents the token: for the first time, or because it had no answer. */
  void asks(Instant now) {
    if (askedAt == null) {
      askedAt = now;
    } else if (isLate(now)) {
      cutOff = cutOff || !options.lostReplies();
      askedAt = now;
    }
  }

  /** Whether a tab that had no answer would come too late now. */
  boolean isLate(Instant now) {
    return askedAt != null && now.isAfter(askedAt.plus(options.grace()));
  }

  void receives(RefreshToken successor) {
    token = successor;
    askedAt = null;
    cutOff = false;
  }

  void loggedOut() {
    token = null;
  }
}
