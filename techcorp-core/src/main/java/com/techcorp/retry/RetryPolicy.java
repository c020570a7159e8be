package com.techcorp.retry;

import com.techcorp.error.Require;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how fast something is tried again: waits that double, half of each fixed and half
 * random (equal jitter: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
 * Immutable: each {@code with} method returns a changed copy.
 *
 * @param first the wait after the first failed attempt. Default 200 ms
 * @param longest no wait is longer. Default 30 s
 * @param attempts how many attempts there are, the first included. Default 20
 */
public record RetryPolicy(Duration first, Duration longest, int attempts) {
  /**
   * Waits of 200 ms, 400 ms, 800 ms and so on to 25.6 s, then of 30 s: 20 attempts within 3 to 6
   * 1/2 minutes.
   */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), 20);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RetryPolicy {
    Require.positive("RetryPolicy.first", first);
    Require.atLeast("RetryPolicy.longest", longest, first);
    Require.atLeast("RetryPolicy.attempts", attempts, 1);
  }

  /**
   * Changes the wait after the first failed attempt.
   *
   * @param first positive, and not longer than {@code longest}; default 200 ms
   * @return a changed copy
   */
  public RetryPolicy withFirst(Duration first) {
    return new RetryPolicy(first, longest, attempts);
  }

  /**
   * Changes the longest wait.
   *
   * @param longest not shorter than {@code first}; default 30 s
   * @return a changed copy
   */
  public RetryPolicy withLongest(Duration longest) {
    return new RetryPolicy(first, longest, attempts);
  }

  /**
   * Changes how many attempts there are, the first included.
   *
   * @param attempts at least 1; default 20
   * @return a changed copy
   */
  public RetryPolicy withAttempts(int attempts) {
    return new RetryPolicy(first, longest, attempts);
  }

  /**
   * Creates a policy whose waits double.
   *
   * @param first the wait after the first failed attempt, positive
   * @param longest no wait is longer; not shorter than {@code first}
   * @param attempts how many attempts there are, at least 1
   * @return the policy
   */
  public static RetryPolicy doubling(Duration first, Duration longest, int attempts) {
    return new RetryPolicy(first, longest, attempts);
  }

  /**
   * Creates a policy with a constant wait.
   *
   * @param wait between two attempts
   * @param attempts how many attempts there are
   * @return the policy
   */
  public static RetryPolicy every(Duration wait, int attempts) {
    return new RetryPolicy(wait, wait, attempts);
  }

  /**
   * Returns whether the budget is spent.
   *
   * @param attempt how many attempts were made
   * @return true if there is no further one
   */
  public boolean exhausted(int attempt) {
    return attempt >= attempts;
  }

  /**
   * Returns the wait before the next attempt.
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
