package com.techcorp.auth;

import java.time.Duration;
import java.util.Objects;

/** The answer to a change of a password. */
public sealed interface PasswordChangeResult {
  /**
   * The password has changed, and all earlier sessions of the user have ended. The client goes on
   * in a new session: whoever had stolen a token of the old one has lost it. Both tokens go to the
   * client only; the text of this shows neither.
   *
   * @param accessToken what the client sends with each request from now on
   * @param refreshToken what gets the next access token
   * @param session the new session, with the device of the old one
   */
  record Changed(AccessToken accessToken, String refreshToken, Session session)
      implements PasswordChangeResult {
    /** Refuses a null. */
    public Changed {
      Objects.requireNonNull(accessToken, "accessToken");
      Objects.requireNonNull(refreshToken, "refreshToken");
      Objects.requireNonNull(session, "session");
    }

    /** Returns a description without the tokens: it may end up in a log. */
    @Override
    public String toString() {
      return "Changed[" + session + "]";
    }
  }

  /**
   * The new password is not acceptable. The old one was not looked at.
   *
   * @param reason why
   */
  record Unacceptable(PasswordRefusal reason) implements PasswordChangeResult {
    /** Refuses a null. */
    public Unacceptable {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The old password is another one, the session has ended, or the user is disabled. */
  record Refused() implements PasswordChangeResult {}

  /**
   * There were too many attempts. Nothing was looked at, and this attempt does not count.
   *
   * @param after when the next attempt is possible, unless somebody else makes it first
   */
  record Throttled(Duration after) implements PasswordChangeResult {
    /** Refuses a null. */
    public Throttled {
      Objects.requireNonNull(after, "after");
    }
  }
}
