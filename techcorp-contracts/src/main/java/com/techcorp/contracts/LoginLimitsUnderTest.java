package com.techcorp.contracts;

import com.techcorp.auth.spi.LoginLimits;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Limits as {@link LoginLimitsContracts} need them.
 *
 * @param limits without keys of anybody else
 * @param keys counts the keys that they hold now
 * @param passing lets time pass: moves their clock, if the test can; otherwise it does nothing, and
 *     the tests wait
 * @param closing closes them and removes what the test left behind
 */
public record LoginLimitsUnderTest(
    LoginLimits limits, LongSupplier keys, Consumer<Duration> passing, Runnable closing)
    implements AutoCloseable {
  /**
   * For limits whose clock is their server's.
   *
   * @param limits without keys of anybody else
   * @param keys counts the keys that they hold now
   * @param closing closes them and removes what the test left behind
   * @return the limits under test
   */
  public static LoginLimitsUnderTest inRealTime(
      LoginLimits limits, LongSupplier keys, Runnable closing) {
    return new LoginLimitsUnderTest(limits, keys, time -> {}, closing);
  }

  @Override
  public void close() {
    closing.run();
  }
}
