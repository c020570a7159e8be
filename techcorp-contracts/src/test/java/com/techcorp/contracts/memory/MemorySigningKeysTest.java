package com.techcorp.contracts.memory;

import com.techcorp.contracts.SigningKeyStoreContracts;
import com.techcorp.contracts.SigningKeyStoreUnderTest;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;

/** The signing keys in memory. */
class MemorySigningKeysTest extends SigningKeyStoreContracts {
  @Override
  protected SigningKeyStoreUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    return SigningKeyStoreUnderTest.of(MemoryStorage.create(clock).signingKeys(), clock);
  }
}
