package com.techcorp.contracts;

import com.techcorp.auth.spi.Revocations;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Revocations as {@link RevocationsContracts} need them.
 *
 * @param revocations without any of somebody else's
 * @param passing lets time pass: moves their clock, if the test can; otherwise it does nothing, and
 *     the tests wait
 * @param closing closes them and removes what the test left behind
 */
public record RevocationsUnderTest(
    Revocations revocations, Consumer<Duration> passing, Runnable closing)
    implements AutoCloseable {
  /**
   * For revocations whose clock is their server's.
   *
   * @param revocations without any of somebody else's
   * @param closing closes them and removes what the test left behind
   * @return the revocations under test
   */
  public static RevocationsUnderTest inRealTime(Revocations revocations, Runnable closing) {
    return new RevocationsUnderTest(revocations, time -> {}, closing);
  }

  @Override
  public void close() {
    closing.run();
  }
}
