package com.techcorp.auth.password;

import com.techcorp.auth.spi.UnreadablePasswordHashException;

/** Reads stored hashes of every form that is accepted. */
final class StoredHashes {
  /** Longer than each form; a longer text is not looked at. */
  private static final int LONGEST = 512;

  private StoredHashes() {}

  /**
   * Reads a stored hash, and allocates nothing that its parameters ask for.
   *
   * @throws UnreadablePasswordHashException if it has no form that is known, or asks for too much
   */
  static StoredHash read(String stored, PasswordOptions options) {
    if (stored.length() > LONGEST) {
      throw new UnreadablePasswordHashException("is longer than any that is accepted");
    }
    if (stored.startsWith(Argon2Hash.PREFIX)) {
      return Argon2Hash.read(stored, options);
    }
    if (stored.startsWith(BcryptHash.PREFIX)) {
      return BcryptHash.read(stored);
    }
    if (stored.startsWith(Pbkdf2Hash.DJANGO_PREFIX) || stored.startsWith(Pbkdf2Hash.PREFIX)) {
      return Pbkdf2Hash.read(stored);
    }
    throw new UnreadablePasswordHashException("has no form that is known");
  }
}
