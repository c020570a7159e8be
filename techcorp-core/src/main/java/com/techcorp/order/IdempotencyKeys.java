package com.techcorp.order;

import java.util.Optional;
import java.util.UUID;

/**
 * Idempotency keys as a storage keeps them; written through {@link KeyEffect}s, read here.
 * Thread-safe; throws {@link com.techcorp.error.Unavailable} when the storage cannot be reached.
 */
public interface IdempotencyKeys {
  /**
   * What a caller's key stands for.
   *
   * @param caller the key's scope
   * @param key the key
   * @return what it was first used for, or empty
   */
  Optional<Used> find(UUID caller, String key);

  /**
   * The first use of a key.
   *
   * @param bodyHash hexadecimal SHA-256 of the request
   * @param contents what the cart held
   * @param orderId the order it gave
   */
  record Used(String bodyHash, CartContents contents, UUID orderId) {}
}
