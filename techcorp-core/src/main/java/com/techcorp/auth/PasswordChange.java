package com.techcorp.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends to change its user's password, and what the host knows of the client.
 * Immutable; its text shows no value.
 *
 * @param claims the claims of the access token that came with the request, verified
 * @param oldPassword the password that the user has
 * @param newPassword the password that the user wants, exactly as it arrived
 * @param ipAddress the client's IP address, as in a {@link LoginRequest}
 * @param deviceProof as in a {@link LoginRequest}; null if the client has none
 */
public record PasswordChange(
    TokenClaims claims,
    String oldPassword,
    String newPassword,
    String ipAddress,
    @Nullable String deviceProof) {
  /** Returns a description without the values: it may end up in a log. */
  @Override
  public String toString() {
    return "PasswordChange[***]";
  }
}
