package com.techcorp.auth.spi;

import com.techcorp.error.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When signing keys change. Immutable.
 *
 * @param terms of the keys; a key that was added under longer terms keeps those
 * @param rotateEvery how long a key signs; the key that follows it is made in advance. Empty if
 *     keys are loaded by hand: none is made, and a loaded key signs as soon as it may
 */
public record KeySchedule(KeyTerms terms, Optional<Duration> rotateEvery) {
  /**
   * Refuses a time that is not positive.
   *
   * @throws com.techcorp.error.WiringException names the time and the value
   */
  public KeySchedule {
    rotateEvery.ifPresent(every -> Require.positive("KeySchedule.rotateEvery", every));
  }

  /** Returns from when on a published key may sign. */
  Instant maySignFrom(StoredKey next) {
    return next.times().published().plus(terms.atLeast(next.terms()).publishFor());
  }

  /** Returns from when on the key that signs should have a successor. */
  Instant rotatesAt(StoredKey active) {
    Instant since = active.times().activated();
    return rotateEvery.isEmpty() || since == null ? Instant.MIN : since.plus(rotateEvery.get());
  }

  /** Returns from when on no token of a retired key can be valid. */
  Instant mayDropFrom(StoredKey retired) {
    Instant since = retired.times().retired();
    return since == null ? Instant.MAX : since.plus(terms.atLeast(retired.terms()).verifyFor());
  }
}
