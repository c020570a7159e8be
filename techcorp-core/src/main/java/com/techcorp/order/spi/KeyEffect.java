package com.techcorp.order.spi;

import com.techcorp.order.CartContents;
import com.techcorp.storage.Effect;
import java.util.UUID;

/** A write to idempotency keys; {@link KeyRules} decide each. */
public sealed interface KeyEffect extends Effect {
  /** Refusal: the caller used this key before. */
  String KEY_TAKEN = "KEY_TAKEN";

  /**
   * Detail of a refusal, where the storage can tell: the order that has the key. A host's own
   * transaction alone can see what it wrote.
   */
  String ORDER_ID = "order_id";

  /** Detail beside {@link #ORDER_ID}: that order's number. */
  String ORDER_NUMBER = "order_number";

  /** Detail beside {@link #ORDER_ID}: the hash that the key was taken with. */
  String BODY_HASH = "body_hash";

  /** Detail beside {@link #ORDER_ID}: {@link CartContents#lines()} that it was taken with. */
  String LINES_HASH = "lines_hash";

  /** Detail beside {@link #ORDER_ID}: {@link CartContents#version()}, if there was one. */
  String VERSION_HASH = "version_hash";

  /** The prefix of a retired key; the order's id follows. */
  String PAST = "past:";

  /**
   * Returns the caller who owns the key.
   *
   * @return the key's scope
   */
  UUID caller();

  /**
   * Returns the idempotency key.
   *
   * @return the key
   */
  String key();

  /**
   * Returns the order that the key gives, or gave.
   *
   * @return the order
   */
  UUID orderId();

  /**
   * Claims a key for a new order. Refused with {@link #KEY_TAKEN} if the caller used it before; of
   * two racing for it one gets it and the other waits until it is decided.
   *
   * @param caller the key's scope: another caller's equal key is another key
   * @param key the key
   * @param bodyHash what it stands for, hexadecimal SHA-256
   * @param contents what the cart holds
   * @param orderId the order it gives
   */
  record Claim(UUID caller, String key, String bodyHash, CartContents contents, UUID orderId)
      implements KeyEffect {}

  /**
   * Gives a key's place to the order that follows, if this order has it: the key is kept under
   * {@link #PAST}. Never refused.
   *
   * @param caller the key's scope
   * @param key the key
   * @param orderId the order it gave
   */
  record Retire(UUID caller, String key, UUID orderId) implements KeyEffect {}

  /**
   * Frees a key, if this order has it. Never refused.
   *
   * @param caller the key's scope
   * @param key the key
   * @param orderId the order it gave
   */
  record Free(UUID caller, String key, UUID orderId) implements KeyEffect {}
}
