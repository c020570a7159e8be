package com.techcorp.order.spi;

import com.techcorp.order.CartContents;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Idempotency keys as a storage keeps them; written through {@link KeyEffect}s, read here.
 * Thread-safe; throws {@link com.techcorp.error.UnavailableException} when the storage cannot be
 * reached.
 */
public interface IdempotencyKeys {
  /**
   * Looks up the order and request of a caller's key.
   *
   * @param caller the key's scope
   * @param key the key
   * @return what it was first used for, or empty
   */
  Optional<Used> find(UUID caller, String key);

  /**
   * Looks up the orders and requests of several keys.
   *
   * @param wanted the keys, each with its scope
   * @return those that were used
   */
  default Map<Key, Used> findAll(Collection<Key> wanted) {
    Map<Key, Used> found = new HashMap<>();
    for (Key key : wanted) {
      find(key.caller(), key.key()).ifPresent(used -> found.put(key, used));
    }
    return found;
  }

  /**
   * A key in its scope.
   *
   * @param caller the scope
   * @param key the key
   */
  record Key(UUID caller, String key) {}

  /**
   * The first use of a key.
   *
   * @param bodyHash hexadecimal SHA-256 of the request
   * @param contents what the cart held
   * @param orderId the order it gave
   */
  record Used(String bodyHash, CartContents contents, UUID orderId) {}
}
