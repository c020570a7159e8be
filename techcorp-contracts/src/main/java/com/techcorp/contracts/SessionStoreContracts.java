package com.techcorp.contracts;

import com.techcorp.auth.spi.SessionStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What every {@link SessionStore} does, in one process or for many. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SessionStoreContracts extends ContractSuite<SessionStoreUnderTest> {
  /** For subclasses. */
  protected SessionStoreContracts() {}

  @Nested
  class Creation extends SessionCreationContract {}

  @Nested
  class Devices extends SessionDeviceContract {}

  @Nested
  class Rotations extends SessionRotationContract {}

  @Nested
  class Ends extends SessionEndsContract {}

  @Nested
  class Expiry extends SessionExpiryContract {}

  @Nested
  class Races extends SessionRacesContract {}
}
