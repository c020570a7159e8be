package com.techcorp.auth;

import java.util.Objects;

/** The answer to a refresh. */
public sealed interface RefreshResult {
  /**
   * The session goes on. Both tokens go to the client only; the text of this shows neither.
   *
   * @param accessToken what the client sends with each request
   * @param refreshToken what gets the next access token, instead of the one that was presented
   */
  record Refreshed(AccessToken accessToken, String refreshToken) implements RefreshResult {
    /** Refuses a null. */
    public Refreshed {
      Objects.requireNonNull(accessToken, "accessToken");
      Objects.requireNonNull(refreshToken, "refreshToken");
    }

    /** Returns a description without the tokens: it may end up in a log. */
    @Override
    public String toString() {
      return "Refreshed[***]";
    }
  }

  /**
   * There is no session for this token, or no longer: the user has to log in. Nothing tells whether
   * the token was never genuine, its session ended or expired, it was used a second time, or the
   * user is disabled.
   */
  record Refused() implements RefreshResult {}
}
