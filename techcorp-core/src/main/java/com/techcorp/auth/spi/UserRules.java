package com.techcorp.auth.spi;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link UserDirectory} accepts, and when a change is made. Pure functions, so that all
 * directories refuse the same, by an {@link InvalidInputException} that names the field and quotes
 * no value.
 *
 * <p>Directories check what they write, and not what they read: a row that somebody else wrote is
 * found as it is.
 */
public final class UserRules {
  /** The most characters of an address as its owner writes it. */
  public static final int LONGEST_EMAIL = 320;

  /** The most characters of an address in its canonical form, which may be the longer one. */
  public static final int LONGEST_CANONICAL_EMAIL = 640;

  /** The most characters of a password hash. */
  public static final int LONGEST_PASSWORD_HASH = 1_024;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private UserRules() {}

  /**
   * Checks a user who is to be added.
   *
   * @param user the user; null is refused
   * @return the user as every directory can keep it: with times in microseconds
   * @throws InvalidInputException if a text or a time cannot be kept
   */
  public static User added(@Nullable User user) {
    User given = present(user);
    return new User(
        given.id(),
        kept("email", given.email(), LONGEST_EMAIL),
        email(given.canonicalEmail()),
        kept("password_hash", given.passwordHash(), LONGEST_PASSWORD_HASH),
        given.status(),
        kept("sessions_valid_after", given.sessionsValidAfter()),
        kept("created_at", given.createdAt()));
  }

  /**
   * Checks a user who is to be changed. What does not change is not checked: also a user whose
   * address or hash is an odd one can be disabled.
   *
   * @param before the user as it was read
   * @param after the user as it shall be
   * @param events of this user
   * @return {@code after}, as every directory can keep it
   * @throws InvalidInputException if something else changes than password, status and {@code
   *     sessionsValidAfter}, or if it cannot be kept
   */
  public static User changed(
      @Nullable User before, @Nullable User after, @Nullable List<UserEvent> events) {
    User read = present(before);
    User given = present(after);
    requireSame("user_id", read.id(), given.id());
    requireSame("email", read.email(), given.email());
    requireSame("canonical_email", read.canonicalEmail(), given.canonicalEmail());
    requireSame("created_at", micros(read.createdAt()), micros(given.createdAt()));
    if (events == null || events.stream().anyMatch(event -> !event.userId().equals(read.id()))) {
      throw new InvalidInputException("events", "must be events of the user who changes");
    }
    return new User(
        given.id(),
        given.email(),
        given.canonicalEmail(),
        given.passwordHash().equals(read.passwordHash())
            ? given.passwordHash()
            : kept("password_hash", given.passwordHash(), LONGEST_PASSWORD_HASH),
        given.status(),
        kept("sessions_valid_after", given.sessionsValidAfter()),
        micros(given.createdAt()));
  }

  /**
   * Decides whether nobody has changed a user in the meantime.
   *
   * @param before the user as it was read
   * @param stored the user as it is
   * @return whether password, status and {@code sessionsValidAfter} are the same
   */
  public static boolean isUnchanged(User before, User stored) {
    return before.passwordHash().equals(stored.passwordHash())
        && before.status() == stored.status()
        && micros(before.sessionsValidAfter()).equals(micros(stored.sessionsValidAfter()));
  }

  /**
   * Checks an address in its canonical form.
   *
   * @param canonicalEmail the address; null is refused
   * @return the address
   * @throws InvalidInputException if no user can have it
   */
  public static String email(@Nullable String canonicalEmail) {
    return kept("canonical_email", canonicalEmail, LONGEST_CANONICAL_EMAIL);
  }

  /**
   * Checks a user's id.
   *
   * @param userId the id; null is refused
   * @return the id
   * @throws InvalidInputException if it is null
   */
  public static UUID id(@Nullable UUID userId) {
    if (userId == null) {
      throw new InvalidInputException("user_id", "is missing");
    }
    return userId;
  }

  private static User present(@Nullable User user) {
    if (user == null) {
      throw new InvalidInputException("user", "is missing");
    }
    return user;
  }

  private static void requireSame(String field, Object before, Object after) {
    if (!before.equals(after)) {
      throw new InvalidInputException(field, "must stay the same");
    }
  }

  private static String kept(String field, @Nullable String text, int longest) {
    if (text == null || text.isBlank() || text.length() > longest) {
      throw new InvalidInputException(field, "must have 1 to " + longest + " characters");
    }
    if (text.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF))) {
      throw new InvalidInputException(field, "must not hold NUL or half a surrogate pair");
    }
    return text;
  }

  private static Instant kept(String field, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new InvalidInputException(field, "must be between the years 1970 and 9999");
    }
    return micros(time);
  }

  /** PostgreSQL keeps microseconds: what is equal there must be equal everywhere. */
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
