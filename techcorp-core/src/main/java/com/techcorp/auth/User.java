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

  /**
   * Returns a new user, who may log in.
   *
   * @param id the user's id
   * @param email the address
   * @param passwordHash as a {@code PasswordHasher} made it
   * @param createdAt now
   * @return the user
   */
  public static User of(UUID id, EmailAddress email, String passwordHash, Instant createdAt) {
    return new User(
        id,
        email.spelling(),
        email.canonical(),
        passwordHash,
        UserStatus.ACTIVE,
        createdAt,
        createdAt);
  }

  /**
   * Changes the password's hash.
   *
   * @param passwordHash as a {@code PasswordHasher} made it
   * @return a changed copy
   */
  public User withPasswordHash(String passwordHash) {
    return new User(id, email, canonicalEmail, passwordHash, status, sessionsValidAfter, createdAt);
  }

  /**
   * Changes whether the user may log in.
   *
   * @param status the new status
   * @return a changed copy
   */
  public User withStatus(UserStatus status) {
    return new User(id, email, canonicalEmail, passwordHash, status, sessionsValidAfter, createdAt);
  }

  /**
   * Ends sessions: none that was created before an instant can be refreshed.
   *
   * @param instant in whole milliseconds, as sessions and tokens are. One before {@code
   *     sessionsValidAfter} changes nothing: a clock that went back revives no session
   * @return a changed copy
   */
  public User endingSessionsBefore(Instant instant) {
    Instant latest = instant.isBefore(sessionsValidAfter) ? sessionsValidAfter : instant;
    return new User(id, email, canonicalEmail, passwordHash, status, latest, createdAt);
  }

  /**
   * Returns whether a session of this user may be refreshed, as far as the user is concerned. This
   * also holds if the store of sessions forgot that it ended one.
   *
   * @param session a session of this user
   * @return whether the user may log in, and the session is not older than {@code
   *     sessionsValidAfter}
   */
  public boolean allows(Session session) {
    return status == UserStatus.ACTIVE
        && id.equals(session.userId())
        && !session.createdAt().isBefore(sessionsValidAfter);
  }

  /** Returns a description without address and hash: it may end up in a log. */
  @Override
  public String toString() {
    return "User[" + id + ", " + status + "]";
  }
}
