package com.techcorp.auth.spi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a signing key signs, retires and goes, and what a change does to the keys. A key signs only
 * once every verifier can have it, and goes only once none of its tokens can be valid. Pure; stores
 * repeat {@link #applied} where they must decide atomically, and are tested against it.
 */
public final class KeyRules {
  private KeyRules() {}

  /**
   * Returns what is to be done by the schedule.
   *
   * <p>Where no key signs, the next one does at once, however long it has been published: it is the
   * first of all, or the one before it was removed.
   *
   * @param keys the live keys
   * @param schedule the times
   * @return the next step
   */
  public static KeyStep due(KeySnapshot keys, KeySchedule schedule) {
    Instant now = keys.readAt();
    Instant earliest = Instant.MAX;
    for (StoredKey key : keys.keys()) {
      if (key.state() == KeyState.RETIRED) {
        Instant from = schedule.mayDropFrom(key);
        if (!now.isBefore(from)) {
          return new KeyStep.Apply(new KeyChange.Drop(key.id()));
        }
        earliest = earlier(earliest, from);
      }
    }
    KeyStep succession = succession(keys, schedule, false);
    return succession instanceof KeyStep.Wait wait
        ? new KeyStep.Wait(earlier(earliest, wait.until()))
        : succession;
  }

  /**
   * Returns what is to be done if the key that signs shall have a successor now, or as soon as the
   * successor may sign.
   *
   * @param keys the live keys
   * @param schedule the times
   * @return the next step
   */
  public static KeyStep rotation(KeySnapshot keys, KeySchedule schedule) {
    return succession(keys, schedule, true);
  }

  private static KeyStep succession(KeySnapshot keys, KeySchedule schedule, boolean byHand) {
    Optional<StoredKey> active = keys.active();
    Optional<StoredKey> next = keys.next();
    if (next.isEmpty()) {
      return schedule.rotateEvery().isPresent()
          ? new KeyStep.Generate()
          : new KeyStep.Wait(Instant.MAX);
    }
    if (active.isEmpty()) {
      return new KeyStep.Apply(new KeyChange.Activate(next.get().id(), null));
    }
    Instant from = schedule.maySignFrom(next.get());
    if (!byHand) {
      from = later(from, schedule.rotatesAt(active.get()));
    }
    return keys.readAt().isBefore(from)
        ? new KeyStep.Wait(from)
        : new KeyStep.Apply(new KeyChange.Activate(next.get().id(), active.get().id()));
  }

  /**
   * Makes a change, if the keys are as it expects them.
   *
   * @param keys all keys that the store has, also those that are no longer live
   * @param change what to change
   * @param now the store's time
   * @return all keys afterwards; empty if they were not as expected
   */
  public static Optional<List<StoredKey>> applied(
      List<StoredKey> keys, KeyChange change, Instant now) {
    if (change instanceof KeyChange.Add added) {
      return isAddable(keys, added) ? Optional.of(with(keys, added, now)) : Optional.empty();
    }
    if (change instanceof KeyChange.Activate activate && !signs(keys, activate.retiring())) {
      return Optional.empty();
    }
    List<StoredKey> changed = new ArrayList<>();
    boolean found = false;
    for (StoredKey key : keys) {
      boolean concerned = key.id().equals(change.keyId()) && expects(change, key.state());
      found |= concerned;
      changed.add(concerned ? changed(key, change, now) : retired(key, change, now));
    }
    return found ? Optional.of(List.copyOf(changed)) : Optional.empty();
  }

  private static boolean isAddable(List<StoredKey> keys, KeyChange.Add added) {
    return keys.stream()
        .noneMatch(key -> key.state() == KeyState.NEXT || key.id().equals(added.keyId()));
  }

  private static List<StoredKey> with(List<StoredKey> keys, KeyChange.Add added, Instant now) {
    List<StoredKey> more = new ArrayList<>(keys);
    more.add(StoredKey.next(added, now));
    return List.copyOf(more);
  }

  /** Whether the key that signs is this one; if it is null, whether none does. */
  private static boolean signs(List<StoredKey> keys, @Nullable String keyId) {
    return Objects.equals(
        keyId,
        keys.stream()
            .filter(key -> key.state() == KeyState.ACTIVE)
            .map(StoredKey::id)
            .findFirst()
            .orElse(null));
  }

  private static boolean expects(KeyChange change, KeyState state) {
    if (change instanceof KeyChange.Activate) {
      return state == KeyState.NEXT;
    }
    return change instanceof KeyChange.Drop ? state == KeyState.RETIRED : state.isLive();
  }

  private static StoredKey changed(StoredKey key, KeyChange change, Instant now) {
    if (change instanceof KeyChange.Activate) {
      return key.activated(now);
    }
    return key.ended(change instanceof KeyChange.Drop ? KeyState.DROPPED : KeyState.REMOVED, now);
  }

  /** What becomes of a key that the change does not name first. */
  private static StoredKey retired(StoredKey key, KeyChange change, Instant now) {
    boolean retires =
        change instanceof KeyChange.Activate activate && key.id().equals(activate.retiring());
    return retires ? key.retired(now) : key;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
