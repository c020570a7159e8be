package com.techcorp.contracts;

import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.testkit.SteppedClock;

/** A store of signing keys as {@link SigningKeyStoreContracts} needs it. */
public interface SigningKeyStoreUnderTest extends AutoCloseable {
  /**
   * A store that needs no closing.
   *
   * @param store without a key
   * @param clock its only source of time
   * @return the store under test
   */
  static SigningKeyStoreUnderTest of(SigningKeyStore store, SteppedClock clock) {
    return new SigningKeyStoreUnderTest() {
      @Override
      public SigningKeyStore store() {
        return store;
      }

      @Override
      public SteppedClock clock() {
        return clock;
      }
    };
  }

  /**
   * The store as one process has it. Each call may give another object, on the same keys.
   *
   * @return the store
   */
  SigningKeyStore store();

  /**
   * The clock: the same one throughout a test.
   *
   * @return the clock
   */
  SteppedClock clock();

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
