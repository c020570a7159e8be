package com.techcorp.auth.token;

import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.WiringException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a process believes, as it read them at one time. Immutable. */
final class KeyRing {
  static final KeyRing EMPTY = new KeyRing(Map.of(), Map.of(), null, Instant.MIN);

  private final Map<String, Believed> keys;
  private final Map<String, String> refused;
  private final @Nullable SigningKey signing;
  private final Instant readAt;

  private KeyRing(
      Map<String, Believed> keys,
      Map<String, String> refused,
      @Nullable SigningKey signing,
      Instant readAt) {
    this.keys = keys;
    this.refused = refused;
    this.signing = signing;
    this.readAt = readAt;
  }

  /** A key, and the text that it was unwrapped from. */
  private record Believed(SigningKey key, @Nullable String wrapped) {}

  /**
   * Returns the keys as they are now. A key that is known is not unwrapped again.
   *
   * @param stored the live keys
   * @param readAt when reading them began, by this process's clock
   */
  KeyRing reading(List<StoredKey> stored, WrappedKeys unwrapping, Instant readAt) {
    Map<String, Believed> believed = new LinkedHashMap<>();
    Map<String, String> not = new LinkedHashMap<>();
    SigningKey active = null;
    for (StoredKey each : stored) {
      try {
        Believed key = believed(each, unwrapping);
        believed.put(each.id(), key);
        active = each.state() == KeyState.ACTIVE ? key.key() : active;
      } catch (WiringException e) {
        not.put(each.id(), String.valueOf(e.getMessage()));
      }
    }
    return new KeyRing(believed, not, active, readAt);
  }

  private Believed believed(StoredKey stored, WrappedKeys unwrapping) {
    Believed known = keys.get(stored.id());
    return known != null
            && stored.wrappedKey() != null
            && stored.wrappedKey().equals(known.wrapped())
        ? known
        : new Believed(unwrapping.unwrapped(stored), stored.wrappedKey());
  }

  /** Returns the same without a key. */
  KeyRing without(String keyId) {
    Map<String, Believed> others = new LinkedHashMap<>(keys);
    others.remove(keyId);
    boolean signed = signing != null && signing.verificationKey().id().equals(keyId);
    return new KeyRing(others, refused, signed ? null : signing, readAt);
  }

  Optional<VerificationKey> find(String keyId) {
    Believed key = keys.get(keyId);
    return key == null ? Optional.empty() : Optional.of(key.key().verificationKey());
  }

  /** Returns the key that signs; null if none does, or it is not believed. */
  @Nullable SigningKey signing() {
    return signing;
  }

  List<VerificationKey> published() {
    return keys.values().stream().map(each -> each.key().verificationKey()).toList();
  }

  /** Returns why keys are not believed, by their ids. */
  Map<String, String> refused() {
    return refused;
  }

  /** Returns whether it was read so lately. A clock that was set back proves nothing. */
  boolean isReadWithin(Duration longest, Instant now) {
    return !readAt.equals(Instant.MIN)
        && !now.isBefore(readAt)
        && Duration.between(readAt, now).compareTo(longest) <= 0;
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "KeyRing[" + keys.size() + "]";
  }
}
