package com.techcorp.auth.password;

import com.techcorp.auth.Password;
import com.techcorp.auth.PasswordRefusal;
import java.util.Optional;

/**
 * Says which passwords may be set: those of 8 characters and more, any characters, that are not
 * among the 3,000 most common ones. A login does not ask it, so a password that is older than a
 * rule goes on working.
 */
public final class PasswordPolicy {
  private static final int LEAST_CHARACTERS = 8;

  private PasswordPolicy() {}

  /**
   * Checks a new password.
   *
   * @param password what a user wants to have
   * @return why it is refused, or nothing if it may be set
   */
  public static Optional<PasswordRefusal> refusal(Password password) {
    if (password.characters() < LEAST_CHARACTERS) {
      return Optional.of(PasswordRefusal.TOO_SHORT);
    }
    if (CommonPasswords.contains(password)) {
      return Optional.of(PasswordRefusal.TOO_COMMON);
    }
    return Optional.empty();
  }
}
