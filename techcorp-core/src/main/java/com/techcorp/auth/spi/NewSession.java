package com.techcorp.auth.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session to be written, with its first refresh token, which has generation 1.
 *
 * @param id the session's id, new
 * @param userId the user
 * @param tokenHash the SHA-256 of the refresh token, as base64url without padding: 43 characters
 * @param deviceInfo the text of a JSON object; it comes back byte for byte
 * @param createdAt when the user logged in, in whole milliseconds
 * @param lifetime how long the session lasts, whatever happens; the store counts it from now on
 * @param idle how long it lasts without a refresh; null: no limit
 */
public record NewSession(
    UUID id,
    UUID userId,
    String tokenHash,
    String deviceInfo,
    Instant createdAt,
    Duration lifetime,
    @Nullable Duration idle) {
  /** Refuses a null where it is not allowed. */
  public NewSession {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(tokenHash, "tokenHash");
    Objects.requireNonNull(deviceInfo, "deviceInfo");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(lifetime, "lifetime");
  }

  /** Returns a description without hash and device: it may end up in a log. */
  @Override
  public String toString() {
    return "NewSession[" + id + " of " + userId + "]";
  }
}
