package com.techcorp.auth.service;

import com.techcorp.auth.spi.LoginLimits.Budget;
import java.time.Duration;
import java.util.Objects;

/**
 * How many attempts to log in there may be, by whom. An attempt on a device that proves an earlier
 * login counts against {@code device} alone; any other one counts against the other three, and the
 * smallest decides. A success gives its attempt back. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param account on one account, from wherever. Default 20 at once, and one each 3 minutes
 * @param address from one IP address, on whatever accounts; a /64 of IPv6 counts as one. Default
 *     100 at once, and one each 5 s
 * @param accountAndAddress on one account from one IP address. Default 10 at once, and one each
 *     minute
 * @param device on one account from a device that proves an earlier login to it. Default 10 at
 *     once, and one each minute
 */
public record AttemptOptions(
    Budget account, Budget address, Budget accountAndAddress, Budget device) {
  /** The defaults named above. */
  public static final AttemptOptions DEFAULT =
      new AttemptOptions(
          new Budget(20, Duration.ofMinutes(3)),
          new Budget(100, Duration.ofSeconds(5)),
          new Budget(10, Duration.ofMinutes(1)),
          new Budget(10, Duration.ofMinutes(1)));

  /** Refuses a null. */
  public AttemptOptions {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(accountAndAddress, "accountAndAddress");
    Objects.requireNonNull(device, "device");
  }

  /**
   * Changes the attempts on one account.
   *
   * @param account default 20 at once, and one each 3 minutes
   * @return a changed copy
   */
  public AttemptOptions withAccount(Budget account) {
    return new AttemptOptions(account, address, accountAndAddress, device);
  }

  /**
   * Changes the attempts from one IP address.
   *
   * @param address default 100 at once, and one each 5 s
   * @return a changed copy
   */
  public AttemptOptions withAddress(Budget address) {
    return new AttemptOptions(account, address, accountAndAddress, device);
  }

  /**
   * Changes the attempts on one account from one IP address.
   *
   * @param accountAndAddress default 10 at once, and one each minute
   * @return a changed copy
   */
  public AttemptOptions withAccountAndAddress(Budget accountAndAddress) {
    return new AttemptOptions(account, address, accountAndAddress, device);
  }

  /**
   * Changes the attempts from a device that proves an earlier login.
   *
   * @param device default 10 at once, and one each minute
   * @return a changed copy
   */
  public AttemptOptions withDevice(Budget device) {
    return new AttemptOptions(account, address, accountAndAddress, device);
  }
}
