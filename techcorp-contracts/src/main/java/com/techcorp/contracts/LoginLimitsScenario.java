package com.techcorp.contracts;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.LoginLimits.Budget;
import java.time.Duration;

/** Keys and attempts, in short words. */
public abstract class LoginLimitsScenario extends Contract<LoginLimitsUnderTest> {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final String KEY = "account:7f1c";

  /** For subclasses. */
  protected LoginLimitsScenario() {}

  final LoginLimits limits() {
    return adapter().limits();
  }

  final void pass(Duration time) {
    adapter().passing().accept(time);
  }

  final boolean taken(String key, Budget budget) {
    return limits().take(key, budget).isEmpty();
  }

  /** How many attempts are left; afterwards there are none. */
  final int takeAll(String key, Budget budget) {
    int taken = 0;
    while (taken(key, budget)) {
      taken++;
    }
    return taken;
  }
}
