package com.techcorp.order.spi;

import com.techcorp.error.Failure;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.order.spi.KeyEffect.Claim;
import com.techcorp.storage.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a {@link KeyEffect} does to an idempotency key, or that it is refused. Pure
 * functions: a storage loads the state, asks, and stores what follows.
 */
public final class KeyRules {
  private KeyRules() {}

  /**
   * Decides whether a key effect is accepted, and the key's state afterwards.
   *
   * @param effect what is asked
   * @param used what its key stands for, or null
   * @param orderNumber of the order that has the key; null: not known, and then the refusal tells
   *     nothing of that order
   * @return what the key stands for afterwards, or the refusal that the effect's type documents
   */
  public static Decision<Optional<Used>> decide(
      KeyEffect effect, @Nullable Used used, @Nullable String orderNumber) {
    if (effect instanceof Claim claim) {
      return used == null
          ? Decision.accept(
              Optional.of(new Used(claim.bodyHash(), claim.contents(), claim.orderId())))
          : new Decision.Refused<>(
              new Failure(
                  KeyEffect.KEY_TAKEN, "the key was used before", details(used, orderNumber)));
    }
    boolean owns = used != null && used.orderId().equals(effect.orderId());
    return Decision.accept(owns ? Optional.empty() : Optional.ofNullable(used));
  }

  /**
   * Returns the key under which a retired key is kept.
   *
   * @param orderId the order that had it
   * @return the key, in the same scope
   */
  public static String past(UUID orderId) {
    return KeyEffect.PAST + orderId;
  }

  private static Map<String, String> details(Used used, @Nullable String orderNumber) {
    if (orderNumber == null) {
      return Map.of();
    }
    Map<String, String> details = new HashMap<>();
    details.put(KeyEffect.ORDER_ID, used.orderId().toString());
    details.put(KeyEffect.ORDER_NUMBER, orderNumber);
    details.put(KeyEffect.BODY_HASH, used.bodyHash());
    details.put(KeyEffect.LINES_HASH, used.contents().lines());
    if (used.contents().version() != null) {
      details.put(KeyEffect.VERSION_HASH, used.contents().version());
    }
    return details;
  }
}
