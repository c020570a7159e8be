package com.techcorp.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A login that lasts on a device, as its user sees it in a list. Immutable; its text shows no
 * device.
 *
 * @param id the session's id
 * @param userId the user
 * @param deviceInfo what the host said of the device at login: the text of a JSON object, byte for
 *     byte
 * @param createdAt when the user logged in
 * @param expiresAt when it ends at the latest; no refresh moves it
 */
public record Session(
    UUID id, UUID userId, String deviceInfo, Instant createdAt, Instant expiresAt) {
  /** Refuses a null. */
  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(deviceInfo, "deviceInfo");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** Returns a description without the device: it may end up in a log. */
  @Override
  public String toString() {
    return "Session[" + id + " of " + userId + "]";
  }
}
