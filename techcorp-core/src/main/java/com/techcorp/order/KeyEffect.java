package com.techcorp.order;

import com.techcorp.saga.Effect;
import java.util.UUID;

/** What is written of idempotency keys. */
public sealed interface KeyEffect extends Effect {
  /** Refusal: the caller used this key before. */
  String KEY_TAKEN = "KEY_TAKEN";

  /**
   * Takes a key. Refused with {@link #KEY_TAKEN} if the caller used it before; of two racing for it
   * one gets it and the other waits until it is decided.
   *
   * @param caller the key's scope: another caller's equal key is another key
   * @param key the key
   * @param bodyHash what it stands for, hexadecimal SHA-256
   * @param orderId the order it gives
   */
  record Claim(UUID caller, String key, String bodyHash, UUID orderId) implements KeyEffect {}

  /**
   * Frees a key, if this order has it. Never refused.
   *
   * @param caller the key's scope
   * @param key the key
   * @param orderId the order it gave
   */
  record Free(UUID caller, String key, UUID orderId) implements KeyEffect {}
}
