package com.techcorp.auth;

/** Says whether a token is to be believed. Implementations are thread-safe. */
public interface TokenVerifier {
  /**
   * Verifies a token, whatever it is. Nothing that a client sends makes this throw.
   *
   * @param token as the client sent it, without {@code Bearer}
   * @return what the token says, or why it is refused
   * @throws NullPointerException if there is no token
   */
  TokenVerdict verify(String token);
}
