package com.techcorp.retry;

import com.techcorp.error.InvalidInputException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how fast a remote step is tried again: exponential back-off with equal jitter (half
 * fixed, half random: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
 *
 * @param first the wait after the first failed attempt; default 200 ms
 * @param longest no wait is longer; default 30 s
 * @param attempts how many attempts there are; default 20
 */
public record RetryPolicy(Duration first, Duration longest, int attempts) {
  /** 200 ms, doubling up to 30 s, 20 attempts. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), 20);

  /** Checks the values. */
  public RetryPolicy {
    if (first.isNegative() || first.isZero()) {
      throw new InvalidInputException("first", "must be positive, was " + first);
    }
    if (longest.compareTo(first) < 0) {
      throw new InvalidInputException("longest", "must not be shorter than first, was " + longest);
    }
    if (attempts < 1) {
      throw new InvalidInputException("attempts", "must be at least 1, was " + attempts);
    }
  }

  /**
   * Always the same wait.
   *
   * @param wait between two attempts
   * @param attempts how many attempts there are
   * @return the policy
   */
  public static RetryPolicy every(Duration wait, int attempts) {
    return new RetryPolicy(wait, wait, attempts);
  }

  /**
   * Whether the budget is spent.
   *
   * @param attempt how many attempts were made
   * @return true if there is no further one
   */
  public boolean exhausted(int attempt) {
    return attempt >= attempts;
  }

  /**
   * The wait before the next attempt.
   *
   * @param attempt how many attempts were made, from 1
   * @return half to the whole of the exponential wait
   */
  public Duration waitAfter(int attempt) {
    long cap = longest.toMillis();
    int doublings = Math.min(Math.max(attempt - 1, 0), 40);
    long full = Math.min(cap, first.toMillis() << Math.min(doublings, 30));
    long half = Math.max(1, full / 2);
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }
}
