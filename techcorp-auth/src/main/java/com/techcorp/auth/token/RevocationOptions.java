package com.techcorp.auth.token;

import com.techcorp.error.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * The times and sizes of a {@link RevocationView}. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param every how often new revocations are read, whatever is verified meanwhile. Default 1 s
 * @param mostAge the age of what is known at which all tokens are refused, because one may have
 *     been revoked. Default none: verifying goes on, and {@link RevocationView#age} says how old it
 *     is
 * @param remembered revocations that are remembered at the most, each until its tokens have
 *     expired. If there are more, all tokens that expire first are refused, so that no revoked one
 *     is accepted. Each takes some 100 bytes. Default 1,000,000
 */
public record RevocationOptions(Duration every, Optional<Duration> mostAge, int remembered) {
  /** The defaults named above. */
  public static final RevocationOptions DEFAULT =
      new RevocationOptions(Duration.ofSeconds(1), Optional.empty(), 1_000_000);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RevocationOptions {
    Require.between(
        "RevocationOptions.every", every, Duration.ofMillis(100), Duration.ofSeconds(60));
    if (mostAge.isPresent()) {
      Require.that(
          mostAge.get().compareTo(every) > 0,
          "RevocationOptions.mostAge",
          "longer than RevocationOptions.every",
          mostAge.get());
    }
    Require.atLeast("RevocationOptions.remembered", remembered, 1);
  }

  /**
   * Changes how often new revocations are read.
   *
   * @param every 100 ms to 60 s; default 1 s
   * @return a changed copy
   */
  public RevocationOptions withEvery(Duration every) {
    return new RevocationOptions(every, mostAge, remembered);
  }

  /**
   * Changes the age at which all tokens are refused.
   *
   * @param mostAge longer than {@code every}; empty, the default: none
   * @return a changed copy
   */
  public RevocationOptions withMostAge(Optional<Duration> mostAge) {
    return new RevocationOptions(every, mostAge, remembered);
  }

  /**
   * Changes how many revocations are remembered at the most.
   *
   * @param remembered at least 1; default 1,000,000
   * @return a changed copy
   */
  public RevocationOptions withRemembered(int remembered) {
    return new RevocationOptions(every, mostAge, remembered);
  }
}
