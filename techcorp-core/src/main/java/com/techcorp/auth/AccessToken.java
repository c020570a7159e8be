package com.techcorp.auth;

import java.util.Objects;

/**
 * A token that was issued. Anyone who has its value is the user until it expires, so it goes to the
 * client only. Immutable; its text shows no value.
 *
 * @param value what the client sends, as {@code Authorization: Bearer <value>}
 * @param claims what the token says
 */
public record AccessToken(String value, TokenClaims claims) {
  /** Refuses a null. */
  public AccessToken {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(claims, "claims");
  }

  /** Returns a description without the token: it may end up in a log. */
  @Override
  public String toString() {
    return "AccessToken[***]";
  }
}
