package com.techcorp.auth;

import java.util.Objects;

/** The answer of a {@link TokenVerifier}. */
public sealed interface TokenVerdict {
  /**
   * The token is valid now.
   *
   * @param claims what it says
   */
  record Valid(TokenClaims claims) implements TokenVerdict {
    /** Refuses a null. */
    public Valid {
      Objects.requireNonNull(claims, "claims");
    }
  }

  /**
   * The token is not to be believed. Answer a client with 401, and without the reason: it is for
   * logs and counters.
   *
   * @param reason the first that was found
   */
  record Refused(TokenRefusal reason) implements TokenVerdict {
    /** Refuses a null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
