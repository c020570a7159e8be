package com.techcorp.auth.spi;

import java.util.List;

/**
 * Keeps the signing keys that all processes of an issuer share. At most one key is {@link
 * KeyState#NEXT} and at most one {@link KeyState#ACTIVE}, whatever processes do at the same time.
 *
 * <p>It keeps private keys only encrypted, and erases them once a key is no longer live. All times
 * are its own. Each method throws {@link com.techcorp.error.UnavailableException} if the store did
 * not answer in time; a change may or may not have been made then, and can be tried again.
 * Implementations are thread-safe.
 */
public interface SigningKeyStore {
  /**
   * Returns the live keys. It sees each change that was answered before.
   *
   * @return the keys and the store's time
   */
  KeySnapshot read();

  /**
   * Returns the keys that are no longer live.
   *
   * @param limit how many at the most
   * @return the keys, the one that ended last first
   */
  List<StoredKey> ended(int limit);

  /**
   * Changes the keys as {@link KeyRules#applied} does, unless they are no longer as the change
   * expects them. Of several processes that make the same change at once, one makes it.
   *
   * @param change what to change
   * @return whether it was made; if not, nothing was changed
   */
  boolean change(KeyChange change);
}
