package com.techcorp.auth.token;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How {@link SharedKeys} change. Immutable.
 *
 * @param rotateEvery how long a generated key signs. Default 30 days
 * @param refreshEvery how often a process reads the keys of all. A process that could not read them
 *     for five times as long neither signs nor publishes. Longer than a change of the store takes.
 *     Default 10 s
 * @param maxAge how long a verifier may keep the published keys. Default 5 minutes
 * @param bits of a generated key. Default 2,048
 */
public record SharedKeysOptions(
    Duration rotateEvery, Duration refreshEvery, Duration maxAge, int bits) {
  /** The defaults named above. */
  public static final SharedKeysOptions DEFAULT =
      new SharedKeysOptions(
          Duration.ofDays(30), Duration.ofSeconds(10), Jwks.MAX_AGE, RsaKeys.LEAST_BITS);

  private static final int READS = 5;

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public SharedKeysOptions {
    Require.atLeast("SharedKeysOptions.rotateEvery", rotateEvery, Duration.ofHours(1));
    Require.between(
        "SharedKeysOptions.refreshEvery",
        refreshEvery,
        Duration.ofSeconds(5),
        Duration.ofSeconds(300));
    Require.between(
        "SharedKeysOptions.maxAge", maxAge, Duration.ofSeconds(1), Duration.ofSeconds(86_400));
    Require.between("SharedKeysOptions.bits", bits, RsaKeys.LEAST_BITS, RsaKeys.MOST_BITS);
  }

  /** Returns how long a process may sign and publish by what it read. */
  Duration longestUse() {
    return refreshEvery.multipliedBy(READS);
  }

  /** Returns how long after a change a process may still act on what it read before. */
  Duration lag() {
    // The change itself takes time, too, from its time-stamp until others see it.
    return longestUse().plus(refreshEvery);
  }

  /**
   * Changes how long a generated key signs.
   *
   * @param rotateEvery at least 1 h; default 30 days
   * @return a changed copy
   */
  public SharedKeysOptions withRotateEvery(Duration rotateEvery) {
    return new SharedKeysOptions(rotateEvery, refreshEvery, maxAge, bits);
  }

  /**
   * Changes how often a process reads the keys of all.
   *
   * @param refreshEvery 5 s to 5 minutes; default 10 s
   * @return a changed copy
   */
  public SharedKeysOptions withRefreshEvery(Duration refreshEvery) {
    return new SharedKeysOptions(rotateEvery, refreshEvery, maxAge, bits);
  }

  /**
   * Changes how long a verifier may keep the published keys.
   *
   * @param maxAge 1 s to 24 h; default 5 minutes
   * @return a changed copy
   */
  public SharedKeysOptions withMaxAge(Duration maxAge) {
    return new SharedKeysOptions(rotateEvery, refreshEvery, maxAge, bits);
  }

  /**
   * Changes the size of generated keys.
   *
   * @param bits 2,048 to 8,192; default 2,048
   * @return a changed copy
   */
  public SharedKeysOptions withBits(int bits) {
    return new SharedKeysOptions(rotateEvery, refreshEvery, maxAge, bits);
  }
}
