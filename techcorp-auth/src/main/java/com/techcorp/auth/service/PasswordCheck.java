package com.techcorp.auth.service;

import com.techcorp.auth.Password;
import com.techcorp.auth.User;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a password, with the same work whether there is a user or not. */
final class PasswordCheck {
  private static final Logger log = LoggerFactory.getLogger(PasswordCheck.class);

  private final PasswordHasher passwords;

  PasswordCheck(PasswordHasher passwords) {
    this.passwords = passwords;
  }

  /**
   * Compares a password with a user's.
   *
   * @param user null: nobody, whose password every one differs from
   */
  PasswordMatch of(@Nullable User user, Password password) {
    if (user == null) {
      passwords.matchesNobody(password);
      return PasswordMatch.DIFFERS;
    }
    try {
      return passwords.matches(password, user.passwordHash());
    } catch (UnreadablePasswordHashException e) {
      // Its message quotes nothing of the hash.
      log.warn("User {} cannot log in: {}", user.id(), e.getMessage());
      return PasswordMatch.DIFFERS;
    }
  }

  String hash(Password password) {
    return passwords.hash(password);
  }
}
