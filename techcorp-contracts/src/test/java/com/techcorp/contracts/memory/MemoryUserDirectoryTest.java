package com.techcorp.contracts.memory;

import com.techcorp.contracts.UserDirectoryContracts;
import com.techcorp.contracts.UserDirectoryUnderTest;
import com.techcorp.testkit.MemoryStorage;

/** Users in memory. */
class MemoryUserDirectoryTest extends UserDirectoryContracts {
  @Override
  protected UserDirectoryUnderTest open() {
    MemoryStorage storage = MemoryStorage.create();
    return UserDirectoryUnderTest.of(storage.users(), storage);
  }
}
