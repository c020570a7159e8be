package com.techcorp.contracts;

import com.techcorp.auth.spi.SessionRules;
import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A session and a genuine token of it, drawn from a seed. All stores must decide about it as {@link
 * SessionRules} do.
 *
 * @param before what the store keeps; a store that has its own time takes {@code now - age} for
 *     {@code rotatedAt}
 * @param presented the token's generation
 * @param age how long ago the latest rotation was, in whole milliseconds
 * @param grace the grace period
 * @param lostReplies whether unused successors are replaced
 */
public record RotationCase(
    Generations before, int presented, Duration age, Duration grace, boolean lostReplies) {
  /** When the latest rotation of each case was. */
  public static final Instant ROTATED_AT = Instant.parse("2024-06-15T12:00:00Z");

  private static final int MOST_REPLACEMENTS = 4;
  private static final int MOST_ROTATIONS = 12;
  private static final long LONGEST_MILLIS = 60_000;

  /**
   * Draws cases. Bounds are drawn as often as what lies between them.
   *
   * @param seed the same seed gives the same cases
   * @param count how many
   * @return the cases
   */
  public static List<RotationCase> draw(long seed, int count) {
    Random random = new Random(seed);
    List<RotationCase> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Generations before = generations(random);
      Duration grace = Duration.ofMillis(pick(random, 0, 1, 10_000, upTo(random, LONGEST_MILLIS)));
      long millis = grace.toMillis();
      Duration age =
          Duration.ofMillis(
              pick(random, 0, millis, Math.max(0, millis - 1), millis + 1, upTo(random, 90_000)));
      cases.add(
          new RotationCase(before, presented(before, random), age, grace, random.nextBoolean()));
    }
    return cases;
  }

  /** A state that rotations lead to: nothing was rotated yet, or a token was replaced. */
  private static Generations generations(Random random) {
    if (random.nextInt(10) == 0) {
      return new Generations(1, 0, ROTATED_AT);
    }
    int previous = 1 + random.nextInt(MOST_ROTATIONS);
    int replacements = random.nextBoolean() ? 0 : random.nextInt(MOST_REPLACEMENTS + 1);
    return new Generations(previous + 1 + replacements, previous, ROTATED_AT);
  }

  private static int presented(Generations before, Random random) {
    int current = before.current();
    int previous = before.previous();
    long drawn =
        pick(
            random,
            current,
            previous,
            previous,
            current + 1,
            current + 1 + upTo(random, 100),
            previous - 1,
            previous + 1,
            current - 1,
            1,
            1 + upTo(random, current));
    return (int) Math.max(1, drawn);
  }

  private static long pick(Random random, long... values) {
    return values[random.nextInt(values.length)];
  }

  private static long upTo(Random random, long most) {
    return random.nextInt((int) most + 1);
  }

  /**
   * Returns the instant at which the token is presented.
   *
   * @return {@link #ROTATED_AT} and the age
   */
  public Instant now() {
    return ROTATED_AT.plus(age);
  }

  /**
   * Returns what every store must do.
   *
   * @return the decision of the rules
   */
  public Decision expected() {
    return SessionRules.decide(before, presented, now(), grace, lostReplies);
  }
}
