package com.techcorp.auth.spi;

import org.jspecify.annotations.Nullable;

/** One change of the signing keys, with what it expects to find. Shows no key. */
public sealed interface KeyChange {
  /**
   * Returns the id of the key that it is about.
   *
   * @return the id
   */
  String keyId();

  /**
   * Publishes a new key, {@link KeyState#NEXT}. Expects that no key waits in this state, and that
   * none ever had this id.
   *
   * @param keyId the new key's id
   * @param publicKey its public half, X.509 in base64
   * @param wrappedKey its private half, encrypted
   * @param terms how long it must be published
   */
  record Add(String keyId, String publicKey, String wrappedKey, KeyTerms terms)
      implements KeyChange {
    /** Returns a description without the key. */
    @Override
    public String toString() {
      return "Add[" + keyId + "]";
    }
  }

  /**
   * Lets a key sign, {@link KeyState#ACTIVE}, in the place of the one that does. Expects that the
   * key is {@link KeyState#NEXT}.
   *
   * @param keyId the key
   * @param retiring the key that signs up to now, and becomes {@link KeyState#RETIRED}; null if
   *     none does
   */
  record Activate(String keyId, @Nullable String retiring) implements KeyChange {}

  /**
   * Ends a key of whose tokens none can be valid any more, {@link KeyState#DROPPED}. Expects that
   * it is {@link KeyState#RETIRED}.
   *
   * @param keyId the key
   */
  record Drop(String keyId) implements KeyChange {}

  /**
   * Takes a key out by hand, {@link KeyState#REMOVED}, whatever it is still needed for. Expects
   * that it is live.
   *
   * @param keyId the key
   */
  record Remove(String keyId) implements KeyChange {}
}
