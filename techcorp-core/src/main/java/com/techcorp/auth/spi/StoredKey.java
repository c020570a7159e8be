package com.techcorp.auth.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signing key as a store keeps it. Shows neither half of the key.
 *
 * @param id by which tokens name it: {@code kid}
 * @param state how far it has come
 * @param publicKey the public half, X.509 in base64
 * @param wrappedKey the private half, encrypted; null once the key is no longer live
 * @param terms how long it must be published
 * @param times when it came to its states
 */
public record StoredKey(
    String id,
    KeyState state,
    String publicKey,
    @Nullable String wrappedKey,
    KeyTerms terms,
    Times times) {
  /** Refuses a null, and a live key without a private half. */
  public StoredKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(times, "times");
    if (state.isLive() == (wrappedKey == null)) {
      throw new IllegalArgumentException("a key has a private half as long as it is live");
    }
  }

  /**
   * When a key came to its states, by the store's time.
   *
   * @param created when it was made
   * @param published when it became {@link KeyState#NEXT}
   * @param activated when it became {@link KeyState#ACTIVE}; null if it never did
   * @param retired when it became {@link KeyState#RETIRED}, or was removed before it did; null
   *     until then
   * @param dropped when it became {@link KeyState#DROPPED} or {@link KeyState#REMOVED}; null while
   *     it is live
   */
  public record Times(
      Instant created,
      Instant published,
      @Nullable Instant activated,
      @Nullable Instant retired,
      @Nullable Instant dropped) {
    static Times published(Instant now) {
      return new Times(now, now, null, null, null);
    }
  }

  /** Returns a description without the key. */
  @Override
  public String toString() {
    return "StoredKey[" + id + ", " + state + "]";
  }

  static StoredKey next(KeyChange.Add added, Instant now) {
    return new StoredKey(
        added.keyId(),
        KeyState.NEXT,
        added.publicKey(),
        added.wrappedKey(),
        added.terms(),
        Times.published(now));
  }

  StoredKey activated(Instant now) {
    return in(KeyState.ACTIVE, new Times(times.created(), times.published(), now, null, null));
  }

  StoredKey retired(Instant now) {
    return in(
        KeyState.RETIRED,
        new Times(times.created(), times.published(), times.activated(), now, null));
  }

  /** Takes it out of use: its private half goes. */
  StoredKey ended(KeyState how, Instant now) {
    Instant retired = times.retired() == null ? now : times.retired();
    return in(how, new Times(times.created(), times.published(), times.activated(), retired, now));
  }

  private StoredKey in(KeyState reached, Times when) {
    return new StoredKey(id, reached, publicKey, reached.isLive() ? wrappedKey : null, terms, when);
  }
}
