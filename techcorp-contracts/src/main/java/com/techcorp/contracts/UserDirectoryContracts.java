package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What every {@link com.techcorp.auth.spi.UserDirectory} does: the library's, and a host's own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class UserDirectoryContracts extends ContractSuite<UserDirectoryUnderTest> {
  /** For subclasses. */
  protected UserDirectoryContracts() {}

  @Nested
  class Addresses extends UserAddressesContract {}

  @Nested
  class Changes extends UserChangesContract {}

  @Nested
  class Events extends UserEventsContract {}

  @Nested
  class Inputs extends UserInputsContract {}
}
