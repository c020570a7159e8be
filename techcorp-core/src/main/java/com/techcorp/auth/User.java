package com.techcorp.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody who can log in. Immutable; its text shows no address and no hash.
 *
 * @param id the user's id: the {@code user_id} of orders and customers
 * @param email the address, as the user spells it
 * @param canonicalEmail the address in its canonical form, which no other user has
 * @param passwordHash as a {@code PasswordHasher} made it
 * @param status whether the user may log in
 * @param sessionsValidAfter sessions that were created before this instant have ended, whatever
 *     their store says
 * @param createdAt when the user was added
 */
public record User(
    UUID id,
    String email,
    String canonicalEmail,
    String passwordHash,
    UserStatus status,
    Instant sessionsValidAfter,
    Instant createdAt) {
  /** Refuses a null. */
  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(canonicalEmail, "canonicalEmail");
    Objects.requireNonNull(passwordHash, "passwordHash");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(sessionsValidAfter, "sessionsValidAfter");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** Returns a description without address and hash: it may end up in a log. */
  @Override
  public String toString() {
    return "User[" + id + ", " + status + "]";
  }
}
