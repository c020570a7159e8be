package com.techcorp.auth.service;

import com.techcorp.auth.session.SessionOptions;
import com.techcorp.error.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * How long sessions last, and how often somebody may try to log in. Immutable: each {@code with}
 * method returns a changed copy.
 *
 * @param sessions how long sessions last and how many a user may have. Default {@link
 *     SessionOptions#DEFAULT}
 * @param attempts how many attempts to log in there may be. Default {@link AttemptOptions#DEFAULT}
 * @param deviceMemory how long a device that logged in has a budget of attempts of its own; each
 *     login begins it anew. Default 180 days
 */
public record AuthOptions(SessionOptions sessions, AttemptOptions attempts, Duration deviceMemory) {
  /** The defaults named above. */
  public static final AuthOptions DEFAULT =
      new AuthOptions(SessionOptions.DEFAULT, AttemptOptions.DEFAULT, Duration.ofDays(180));

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public AuthOptions {
    Objects.requireNonNull(sessions, "sessions");
    Objects.requireNonNull(attempts, "attempts");
    Require.between(
        "AuthOptions.deviceMemory", deviceMemory, Duration.ofMinutes(1), Duration.ofDays(3_650));
  }

  /**
   * Changes how long sessions last and how many a user may have.
   *
   * @param sessions default {@link SessionOptions#DEFAULT}
   * @return a changed copy
   */
  public AuthOptions withSessions(SessionOptions sessions) {
    return new AuthOptions(sessions, attempts, deviceMemory);
  }

  /**
   * Changes how many attempts to log in there may be.
   *
   * @param attempts default {@link AttemptOptions#DEFAULT}
   * @return a changed copy
   */
  public AuthOptions withAttempts(AttemptOptions attempts) {
    return new AuthOptions(sessions, attempts, deviceMemory);
  }

  /**
   * Changes how long a device has a budget of its own.
   *
   * @param deviceMemory 1 minute to 3,650 days; default 180 days
   * @return a changed copy
   */
  public AuthOptions withDeviceMemory(Duration deviceMemory) {
    return new AuthOptions(sessions, attempts, deviceMemory);
  }
}
