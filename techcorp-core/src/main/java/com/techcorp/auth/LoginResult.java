package com.techcorp.auth;

import java.time.Duration;
import java.util.Objects;

/** The answer to a login. */
public sealed interface LoginResult {
  /**
   * The user is logged in. Tokens and proof go to the client only; the text of this shows none of
   * them.
   *
   * @param accessToken what the client sends with each request
   * @param refreshToken what gets the next access token; it works once
   * @param session the new session, which exists from now on
   * @param deviceProof shows at the next login that this device knew the password: so the device
   *     has a budget of attempts of its own. Keep it on the device, also after a logout
   * @param changePassword whether the user should be asked to change the password, because the
   *     older system that it comes from never checked more than its beginning
   */
  record LoggedIn(
      AccessToken accessToken,
      String refreshToken,
      Session session,
      String deviceProof,
      boolean changePassword)
      implements LoginResult {
    /** Refuses a null. */
    public LoggedIn {
      Objects.requireNonNull(accessToken, "accessToken");
      Objects.requireNonNull(refreshToken, "refreshToken");
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(deviceProof, "deviceProof");
    }

    /** Returns a description without tokens and proof: it may end up in a log. */
    @Override
    public String toString() {
      return "LoggedIn[" + session + "]";
    }
  }

  /**
   * The user is not logged in. There is no such user, the password is another one, the user is
   * disabled, or all sessions of the user were ended at the same moment: nothing tells which.
   */
  record Refused() implements LoginResult {}

  /**
   * There were too many attempts. Nothing was looked at, and this attempt does not count.
   *
   * @param after when the next attempt is possible, unless somebody else makes it first
   */
  record Throttled(Duration after) implements LoginResult {
    /** Refuses a null. */
    public Throttled {
      Objects.requireNonNull(after, "after");
    }
  }
}
