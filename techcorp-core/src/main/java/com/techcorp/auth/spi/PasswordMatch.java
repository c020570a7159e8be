package com.techcorp.auth.spi;

/** Whether a password matches a stored hash, and what to do then. */
public enum PasswordMatch {
  /** It is another password. */
  DIFFERS,
  /** It is the password. */
  MATCHES,
  /** It is the password, and its hash is weaker than a new one: store a new hash. */
  MATCHES_REPLACE,
  /**
   * It begins as the password does, and the older system's hash knows no more than the first 72
   * bytes: store a new hash, and ask the user to change the password.
   */
  MATCHES_REPLACE_AND_CHANGE;

  /**
   * Returns whether the user has proven to be who it is.
   *
   * @return true for all but {@link #DIFFERS}
   */
  public boolean isMatch() {
    return this != DIFFERS;
  }

  /**
   * Returns whether a new hash of this password should be stored in place of the old one.
   *
   * @return true if the old one is weaker
   */
  public boolean replacesHash() {
    return this == MATCHES_REPLACE || this == MATCHES_REPLACE_AND_CHANGE;
  }

  /**
   * Returns whether the user should be asked to change the password.
   *
   * @return true if only its first 72 bytes were ever checked
   */
  public boolean asksForChange() {
    return this == MATCHES_REPLACE_AND_CHANGE;
  }
}
