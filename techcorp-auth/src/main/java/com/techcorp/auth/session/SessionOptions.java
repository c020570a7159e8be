package com.techcorp.auth.session;

import com.techcorp.error.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * How long sessions last, how many a user may have, and what becomes of repeated refreshes.
 * Immutable: each {@code with} method returns a changed copy.
 *
 * @param lifetime how long a session lasts, however often it is refreshed. Default 7 days
 * @param idle how long a session lasts without a refresh. Default: no limit
 * @param most sessions that a user may have; one more ends the oldest. Default 100
 * @param grace how long after a rotation the token that was replaced still gets the same successor.
 *     Default 10 s
 * @param lostReplies whether a successor that was never used is replaced, after the grace period,
 *     for whoever presents the token before it. A client that lost a reply then stays logged in; so
 *     does a thief who copied that token. Default false: the session ends
 */
public record SessionOptions(
    Duration lifetime, Optional<Duration> idle, int most, Duration grace, boolean lostReplies) {
  /** The defaults named above. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(Duration.ofDays(7), Optional.empty(), 100, Duration.ofSeconds(10), false);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public SessionOptions {
    Require.between("SessionOptions.lifetime", lifetime, Duration.ofSeconds(1), Duration.ofDays(7));
    idle.ifPresent(time -> Require.atLeast("SessionOptions.idle", time, Duration.ofSeconds(1)));
    Require.between("SessionOptions.most", most, 1, 1_000);
    Require.between("SessionOptions.grace", grace, Duration.ZERO, Duration.ofSeconds(60));
  }

  /**
   * Changes how long a session lasts, however often it is refreshed.
   *
   * @param lifetime 1 s to 7 days; default 7 days
   * @return a changed copy
   */
  public SessionOptions withLifetime(Duration lifetime) {
    return new SessionOptions(lifetime, idle, most, grace, lostReplies);
  }

  /**
   * Changes how long a session lasts without a refresh.
   *
   * @param idle at least 1 s, and longer than an access token lasts; default: no limit
   * @return a changed copy
   */
  public SessionOptions withIdle(Optional<Duration> idle) {
    return new SessionOptions(lifetime, idle, most, grace, lostReplies);
  }

  /**
   * Changes how many sessions a user may have.
   *
   * @param most 1 to 1,000; default 100
   * @return a changed copy
   */
  public SessionOptions withMost(int most) {
    return new SessionOptions(lifetime, idle, most, grace, lostReplies);
  }

  /**
   * Changes how long the token that was replaced still gets the same successor.
   *
   * @param grace 0 to 60 s; default 10 s
   * @return a changed copy
   */
  public SessionOptions withGrace(Duration grace) {
    return new SessionOptions(lifetime, idle, most, grace, lostReplies);
  }

  /**
   * Changes whether a successor that was never used is replaced after the grace period.
   *
   * @param lostReplies default false
   * @return a changed copy
   */
  public SessionOptions withLostReplies(boolean lostReplies) {
    return new SessionOptions(lifetime, idle, most, grace, lostReplies);
  }
}
