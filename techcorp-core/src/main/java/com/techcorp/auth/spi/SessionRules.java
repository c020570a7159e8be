package com.techcorp.auth.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * What a presented refresh token does to its session. Each rotation raises the session's
 * generation. Pure; stores repeat these rules where they must decide atomically, and are tested
 * against them.
 */
public final class SessionRules {
  private SessionRules() {}

  /**
   * What a store keeps of a session's rotations.
   *
   * @param current the generation of the current token
   * @param previous the generation of the token that the latest rotation replaced; 0 if there was
   *     none
   * @param rotatedAt when that was, by the store's time
   */
  public record Generations(int current, int previous, Instant rotatedAt) {}

  /** What a store does next. */
  public sealed interface Decision {
    /**
     * The presented token gets a successor.
     *
     * @param next what to keep
     */
    record Rotate(Generations next) implements Decision {}

    /** The presented token gets the current one; nothing changes. */
    record Repeat() implements Decision {}

    /**
     * The current token was never used, and its client seems not to have received it: another one
     * takes its place.
     *
     * @param next what to keep
     */
    record Replace(Generations next) implements Decision {}

    /** A token was used a second time: the session ends. */
    record End() implements Decision {}
  }

  /**
   * Decides about a genuine token.
   *
   * <p>A token that is newer than the current one proves that a fail-over of the store has lost a
   * rotation. It counts as the current one, so that nobody is logged out.
   *
   * @param state what is kept of the session
   * @param presented the token's generation
   * @param now the store's time
   * @param grace how long the previous token still gets the current one
   * @param lostReplies whether the previous token replaces an unused current one afterwards
   * @return what to do
   */
  public static Decision decide(
      Generations state, int presented, Instant now, Duration grace, boolean lostReplies) {
    if (presented >= state.current()) {
      return new Decision.Rotate(new Generations(presented + 1, presented, now));
    }
    if (presented != state.previous()) {
      return new Decision.End();
    }
    if (!now.isAfter(state.rotatedAt().plus(grace))) {
      return new Decision.Repeat();
    }
    return lostReplies
        ? new Decision.Replace(new Generations(state.current() + 1, presented, now))
        : new Decision.End();
  }
}
