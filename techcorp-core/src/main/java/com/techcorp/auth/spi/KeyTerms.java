package com.techcorp.auth.spi;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How long a signing key must be published before it signs, and after it has signed. Kept with the
 * key, so that a process with shorter terms does not end it early.
 *
 * @param publishFor how long after its publication a verifier may still be without the key
 * @param verifyFor how long after its retirement a token of the key may be valid
 */
public record KeyTerms(Duration publishFor, Duration verifyFor) {
  /**
   * Refuses a time that is not positive, or no whole number of seconds.
   *
   * @throws com.techcorp.error.WiringException names the time and the value
   */
  public KeyTerms {
    requireSeconds("KeyTerms.publishFor", publishFor);
    requireSeconds("KeyTerms.verifyFor", verifyFor);
  }

  private static void requireSeconds(String name, Duration value) {
    Require.positive(name, value);
    Require.that(value.toNanosPart() == 0, name, "a whole number of seconds", value);
  }

  /**
   * Derives the terms from what delays a change on its way to signers and verifiers. The clock of
   * an issuer may be ahead of a verifier's by the skew, and a verifier accepts a token for the skew
   * longer, so the skew counts twice.
   *
   * @param maxAge how long a verifier goes on with the published keys that it has
   * @param lag how long after a change of the store a process may still act on what it read before
   * @param lifetime of a token
   * @param skew by which the clocks of issuer and verifier may differ
   * @return the terms, rounded up to whole seconds
   */
  public static KeyTerms of(Duration maxAge, Duration lag, Duration lifetime, Duration skew) {
    return new KeyTerms(
        roundedUp(lag.plus(maxAge)), roundedUp(lag.plus(lifetime).plus(skew.multipliedBy(2))));
  }

  private static Duration roundedUp(Duration time) {
    return Duration.ofSeconds(time.plusNanos(999_999_999).toSeconds());
  }

  /** Returns the longer of both, each by itself. */
  KeyTerms atLeast(KeyTerms other) {
    return new KeyTerms(longer(publishFor, other.publishFor), longer(verifyFor, other.verifyFor));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
