package com.techcorp.auth.password;

import com.techcorp.auth.spi.PasswordMatch;

/** A password's hash as it was stored, with its parameters. Its text shows no hash. */
interface StoredHash {
  /**
   * Compares a password with it, in constant time.
   *
   * @param password in UTF-8, 1,024 bytes at the most
   * @param memory of the caller's permit
   */
  PasswordMatch match(byte[] password, Argon2Memory memory);
}
