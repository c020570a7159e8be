package com.techcorp.contracts;

import com.techcorp.auth.spi.SessionStore;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A store of sessions as {@link SessionStoreContracts} needs it.
 *
 * @param store a store that holds nobody else's sessions
 * @param passing lets time pass: moves the store's clock, if the test can; otherwise it does
 *     nothing, and the tests wait
 * @param closing closes the store and removes what the test left behind
 */
public record SessionStoreUnderTest(
    SessionStore store, Consumer<Duration> passing, Runnable closing) implements AutoCloseable {
  /**
   * For a store whose clock is its server's.
   *
   * @param store a store that holds nobody else's sessions
   * @param closing closes the store and removes what the test left behind
   * @return the store under test
   */
  public static SessionStoreUnderTest inRealTime(SessionStore store, Runnable closing) {
    return new SessionStoreUnderTest(store, time -> {}, closing);
  }

  @Override
  public void close() {
    closing.run();
  }
}
