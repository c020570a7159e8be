package com.techcorp.contracts;

import com.techcorp.auth.spi.Revocations;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link Revocations} do, in one process or for many. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RevocationsContracts extends ContractSuite<RevocationsUnderTest> {
  /** For subclasses. */
  protected RevocationsContracts() {}

  @Nested
  class Pages extends RevocationPagesContract {}

  @Nested
  class Expiry extends RevocationExpiryContract {}
}
