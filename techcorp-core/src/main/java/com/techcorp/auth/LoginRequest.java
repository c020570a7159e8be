package com.techcorp.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends to log in, and what the host knows of the client. Immutable; its text shows
 * no value.
 *
 * @param email the e-mail address, in any spelling
 * @param password the password, exactly as it arrived
 * @param deviceInfo what the host says of the device, for the list of the user's sessions: the text
 *     of a JSON object, 4,096 bytes at the most as UTF-8
 * @param ipAddress the client's IP address, as digits: from the connection, or from a header that
 *     the host's own proxy writes. The library trusts no header for it
 * @param deviceProof what the last login on this device returned; null if the client has none. What
 *     is not genuine counts as none
 */
public record LoginRequest(
    String email,
    String password,
    String deviceInfo,
    String ipAddress,
    @Nullable String deviceProof) {
  /** Returns a description without the values: it may end up in a log. */
  @Override
  public String toString() {
    return "LoginRequest[***]";
  }
}
