package com.techcorp.auth.service;

import com.techcorp.auth.EmailAddress;
import com.techcorp.auth.service.DeviceProofs.Device;
import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.LoginLimits.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts attempts before a password is checked, and gives those back that were none.
 *
 * <p>A device that proves an earlier login has a budget of its own, which no stranger can use up.
 * Everybody else shares the budgets of the account and of the address.
 */
final class LoginAttempts {
  private static final Logger log = LoggerFactory.getLogger(LoginAttempts.class);

  private final LoginLimits limits;
  private final AttemptOptions options;
  private final AttemptKeys keys;
  private final DeviceProofs proofs;

  LoginAttempts(LoginLimits limits, AttemptOptions options, AttemptKeys keys, DeviceProofs proofs) {
    this.limits = limits;
    this.options = options;
    this.keys = keys;
    this.proofs = proofs;
  }

  /** Whether somebody may try. */
  sealed interface Admission {
    /** Now. */
    record Admitted(Attempt attempt) implements Admission {}

    /** Not before this time has passed. Nothing was counted. */
    record Wait(Duration time) implements Admission {}
  }

  /** An attempt that was counted. */
  final class Attempt {
    private final EmailAddress account;
    private final @Nullable Device device;
    private final List<Taken> taken = new ArrayList<>();

    private Attempt(EmailAddress account, @Nullable Device device) {
      this.account = account;
      this.device = device;
    }

    /** Counts it no longer: it succeeded, or no password was checked. Never fails. */
    void giveBack() {
      taken.forEach(LoginAttempts.this::giveBack);
    }

    /** Returns what proves at the next login that this one succeeded on this device. */
    String proof() {
      return proofs.proof(account, device);
    }
  }

  private record Taken(String key, Budget budget) {}

  /**
   * Counts an attempt, or says when the next one is possible.
   *
   * @param account which account it is about, whether it exists or not
   * @param address where it comes from
   * @param proof what the client says to prove an earlier login
   */
  Admission count(EmailAddress account, ClientAddress address, @Nullable String proof) {
    Device device = proofs.recognised(account, proof).orElse(null);
    Attempt attempt = new Attempt(account, device);
    try {
      for (Taken wanted : wanted(account, address, device)) {
        Optional<Duration> wait = limits.take(wanted.key(), wanted.budget());
        if (wait.isPresent()) {
          attempt.giveBack();
          return new Admission.Wait(wait.get());
        }
        attempt.taken.add(wanted);
      }
    } catch (RuntimeException e) {
      attempt.giveBack();
      throw e;
    }
    return new Admission.Admitted(attempt);
  }

  /** The account comes last: what one address sends too much must not use up its attempts. */
  private List<Taken> wanted(EmailAddress account, ClientAddress address, @Nullable Device device) {
    if (device != null) {
      return List.of(new Taken(keys.ofDevice(account, device), options.device()));
    }
    return List.of(
        new Taken(keys.ofBoth(account, address), options.accountAndAddress()),
        new Taken(keys.ofAddress(address), options.address()),
        new Taken(keys.ofAccount(account), options.account()));
  }

  /** An attempt that cannot be given back comes back with time: no reason to fail a login. */
  private void giveBack(Taken taken) {
    try {
      limits.giveBack(taken.key(), taken.budget());
    } catch (RuntimeException e) {
      log.debug("An attempt to log in that succeeded could not be given back");
    }
  }
}
