package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.spi.StockEffect;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The stock and the reservations of one order, in short words. */
public abstract class StockScenario extends StorageContract {
  final UUID order = newId();

  /** For subclasses. */
  protected StockScenario() {}

  final void assertReservation(ReservationStatus status) {
    assertThat(storage().stock().reservations(order))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.status()).isEqualTo(status));
  }

  final Instant expiresAt() {
    return storage().stock().reservations(order).get(0).expiresAt();
  }

  static StockEffect.Release release(UUID order, UUID product) {
    return new StockEffect.Release(order, List.of(product), ReservationStatus.RELEASED);
  }
}
