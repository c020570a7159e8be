package com.techcorp.contracts;

import com.techcorp.auth.spi.LoginLimits;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link LoginLimits} do, in one process or for many. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class LoginLimitsContracts extends ContractSuite<LoginLimitsUnderTest> {
  /** For subclasses. */
  protected LoginLimitsContracts() {}

  @Nested
  class Budgets extends LoginBudgetContract {}

  @Nested
  class Refill extends LoginRefillContract {}
}
