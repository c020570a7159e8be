package com.techcorp.auth.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Counts attempts by key, and says when there were too many. An attempt counts before its password
 * is checked, so that many at the same time are not free guesses.
 *
 * <p>Every key goes by itself once its budget is full again. Each method throws {@link
 * com.techcorp.error.UnavailableException} if the store did not answer in time. Implementations are
 * thread-safe.
 */
public interface LoginLimits {
  /**
   * Takes one attempt from a key's budget.
   *
   * @param key whose; it contains no address of a person in clear text
   * @param budget how many are allowed
   * @return empty if it was there; otherwise nothing was taken, and this is the time after which
   *     the next one is there
   */
  Optional<Duration> take(String key, Budget budget);

  /**
   * Gives an attempt back that was taken, because it succeeded.
   *
   * @param key whose
   * @param budget as it was taken
   */
  void giveBack(String key, Budget budget);

  /**
   * A number of attempts that come back one by one.
   *
   * @param attempts at once at the most, from 1
   * @param per the time after which one comes back, at least 1 ms
   */
  record Budget(int attempts, Duration per) {
    /** Refuses what is out of range. */
    public Budget {
      if (attempts < 1 || per.compareTo(Duration.ofMillis(1)) < 0) {
        throw new IllegalArgumentException("a budget has at least 1 attempt per millisecond");
      }
    }
  }
}
