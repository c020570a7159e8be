package com.techcorp.auth.token;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyRules;
import com.techcorp.auth.spi.KeySchedule;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyStep;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the keys in a store through their states. Several processes may do so at once: a change
 * that another one has made in the meantime is not made, and the keys are read again.
 */
final class KeyRotation {
  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

  /** More than a store needs that nobody else changes. */
  private static final int MOST_STEPS = 16;

  private static final int MOST_ENDED = 10_000;

  private final SigningKeyStore store;
  private final WrappedKeys wrapped;
  private final KeySchedule schedule;
  private final Supplier<SigningKey> generator;

  KeyRotation(
      SigningKeyStore store,
      WrappedKeys wrapped,
      KeySchedule schedule,
      Supplier<SigningKey> generator) {
    this.store = store;
    this.wrapped = wrapped;
    this.schedule = schedule;
    this.generator = generator;
  }

  /** Does all that is due, and returns the live keys afterwards. */
  KeySnapshot pass() {
    KeySnapshot keys = store.read();
    for (int step = 0; step < MOST_STEPS; step++) {
      KeyStep due = KeyRules.due(keys, schedule);
      if (due instanceof KeyStep.Wait || !isOurs(due, keys)) {
        return keys;
      }
      perform(due);
      keys = store.read();
    }
    return keys;
  }

  /** Returns false for a key that this process could not sign with. */
  private boolean isOurs(KeyStep step, KeySnapshot keys) {
    try {
      requireSigner(step, keys);
      return true;
    } catch (WiringException e) {
      return false;
    }
  }

  private void requireSigner(KeyStep step, KeySnapshot keys) {
    if (step instanceof KeyStep.Apply apply && apply.change() instanceof KeyChange.Activate) {
      keys.next().ifPresent(wrapped::unwrapped);
    }
  }

  private void perform(KeyStep step) {
    change(
        step instanceof KeyStep.Apply apply
            ? apply.change()
            : wrapped.wrapped(generator.get(), schedule.terms()));
  }

  private boolean change(KeyChange change) {
    boolean made = store.change(change);
    if (made) {
      log.info("Signing keys were changed: {}", change);
    }
    return made;
  }

  /**
   * Lets the next key sign.
   *
   * @return how long it must still be published before it may; empty if it signs
   * @throws WiringException if there is none, or this process could not sign with it
   */
  Optional<Duration> rotate() {
    KeySnapshot keys = store.read();
    Optional<String> before = keys.active().map(StoredKey::id);
    for (int attempt = 0; attempt < MOST_STEPS; attempt++) {
      KeyStep step = KeyRules.rotation(keys, schedule);
      if (step instanceof KeyStep.Wait wait) {
        return Optional.of(untilNext(keys, wait));
      }
      requireSigner(step, keys);
      perform(step);
      keys = store.read();
      if (!keys.active().map(StoredKey::id).equals(before)) {
        return Optional.empty();
      }
    }
    throw new UnavailableException("the signing keys change all the time: try again");
  }

  private static Duration untilNext(KeySnapshot keys, KeyStep.Wait wait) {
    if (wait.until().equals(Instant.MAX)) {
      throw new WiringException("no key follows the one that signs: load one");
    }
    return Duration.between(keys.readAt(), wait.until());
  }

  /** Takes a key out, and returns whether it was live. */
  boolean remove(String keyId) {
    return change(new KeyChange.Remove(keyId));
  }

  /**
   * Adds a key as the next one, in the place of one that waits already; does nothing if it is
   * there.
   *
   * @throws WiringException if it has ended
   */
  void load(SigningKey key) {
    String keyId = key.verificationKey().id();
    for (int attempt = 0; attempt < MOST_STEPS; attempt++) {
      KeySnapshot keys = store.read();
      if (isAmong(keys.keys(), keyId)) {
        return;
      }
      if (isAmong(store.ended(MOST_ENDED), keyId)) {
        throw new WiringException(
            "signing key " + keyId + " was in use before and has ended: load another one");
      }
      keys.next().map(StoredKey::id).map(KeyChange.Remove::new).ifPresent(this::change);
      if (change(wrapped.wrapped(key, schedule.terms()))) {
        return;
      }
    }
    throw new UnavailableException("the signing keys change all the time: try again");
  }

  private static boolean isAmong(List<StoredKey> keys, String keyId) {
    return keys.stream().anyMatch(key -> key.id().equals(keyId));
  }
}
