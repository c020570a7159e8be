package com.techcorp.inventory.spi;

import com.techcorp.inventory.ReservationStatus;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stock that is held for an order. All its products share one state.
 *
 * @param status the state
 * @param holdToken proves who may change it; null: a host made it
 * @param quantities units by product
 * @param timeIsUp whether its time has run out
 */
public record HeldStock(
    ReservationStatus status,
    @Nullable UUID holdToken,
    Map<UUID, Long> quantities,
    boolean timeIsUp) {
  /** Makes an unmodifiable copy of the quantities. */
  public HeldStock {
    quantities = Map.copyOf(quantities);
  }

  boolean is(@Nullable ReservationStatus wanted, @Nullable UUID token) {
    return status == wanted && Objects.equals(holdToken, token);
  }

  HeldStock as(ReservationStatus changed) {
    return new HeldStock(changed, holdToken, quantities, timeIsUp);
  }
}
