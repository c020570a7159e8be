package com.techcorp.inventory.spi;

import com.techcorp.storage.Effect;
import java.util.UUID;

/**
 * Records the first request for an order's stock that comes by a remote call: to hold it, or to
 * cancel. The second request is refused with {@link #TAKEN}. So a cancellation that overtakes its
 * reservation leaves a tombstone that keeps the reservation out, even if both are written at once.
 * An order saga that has its stock in its own storage does not need it, for it does one after the
 * other.
 *
 * @param orderId whose stock
 * @param kind what is asked
 */
public record HoldRequestEffect(UUID orderId, Kind kind) implements Effect {
  /**
   * Refusal: something was asked for this order before. Detail {@code detail}: the {@link Kind} of
   * that.
   */
  public static final String TAKEN = "REQUEST_TAKEN";

  /** The kinds of first requests. */
  public enum Kind {
    /** Asks to hold stock. */
    RESERVE,
    /** Asks that the order never holds stock. */
    CANCEL
  }
}
