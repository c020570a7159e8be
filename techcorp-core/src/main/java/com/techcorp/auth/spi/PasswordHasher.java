package com.techcorp.auth.spi;

import com.techcorp.auth.Password;

/**
 * Hashes passwords, and compares one with a hash. Both are slow on purpose, so implementations
 * bound how many work at once and how many callers wait. Implementations are thread-safe.
 */
public interface PasswordHasher {
  /**
   * Hashes a password, with a new salt.
   *
   * @param password what to hash
   * @return what to store: the hash with its algorithm, parameters and salt
   * @throws com.techcorp.error.OverloadedException if too many hash and wait already
   */
  String hash(Password password);

  /**
   * Compares a password with a stored hash, in a time that says nothing of either.
   *
   * @param password what somebody sent
   * @param storedHash what {@link #hash} returned once, or a hash of an older system
   * @return whether they match, and what to do then
   * @throws UnreadablePasswordHashException if the stored text is no hash that is accepted; it took
   *     as long as {@link #matchesNobody}
   * @throws com.techcorp.error.OverloadedException if too many hash and wait already
   */
  PasswordMatch matches(Password password, String storedHash);

  /**
   * Does the work of {@link #matches} for a user who does not exist, so that the time of an answer
   * does not tell who exists.
   *
   * @param password what somebody sent
   * @throws com.techcorp.error.OverloadedException if too many hash and wait already
   */
  void matchesNobody(Password password);
}
