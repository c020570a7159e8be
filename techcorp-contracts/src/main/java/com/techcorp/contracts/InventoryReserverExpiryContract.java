package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long a host's hold lasts. */
public abstract class InventoryReserverExpiryContract extends InventoryReserverScenario {
  /** For subclasses. */
  protected InventoryReserverExpiryContract() {}

  @Test
  void aHoldThatNobodyConfirmsInTimeIsGivenBack() {
    UUID product = stocked(5);
    reserve(product, 2);

    clock().advance(TTL.minusSeconds(30));
    assertReserved(id, ReservationStatus.PENDING);
    clock().advance(Duration.ofMinutes(1));

    eventually(() -> assertReserved(id, ReservationStatus.EXPIRED));
    assertStock(product, 5, 0);
    assertRefused(inventory().confirm(id), "EXPIRED");
  }

  @Test
  void anExtendedHoldStaysAndEndsLater() {
    UUID product = stocked(5);
    reserve(product, 2);
    clock().advance(Duration.ofMinutes(4));

    assertThat(inventory().extend(id, TTL)).isEqualTo(DONE);
    assertThat(inventory().extend(id, TTL)).isEqualTo(DONE);

    clock().advance(Duration.ofMinutes(4));
    UUID other = newId();
    alsoHeldBy(other);
    inventory().reserve(other, List.of(new StockLine(product, 1)), Duration.ofSeconds(1));
    clock().advance(Duration.ofSeconds(2));
    eventually(() -> assertReserved(other, ReservationStatus.EXPIRED));
    assertReserved(id, ReservationStatus.PENDING);
    clock().advance(Duration.ofMinutes(1).plusSeconds(10));
    eventually(() -> assertReserved(id, ReservationStatus.EXPIRED));
    assertStock(product, 5, 0);
    assertRefused(inventory().extend(id, TTL), "EXPIRED");
  }

  @Test
  void extendingNeverShortens() {
    UUID product = stocked(5);
    reserve(product, 2);

    assertThat(inventory().extend(id, Duration.ofSeconds(1))).isEqualTo(DONE);

    assertThat(reservations(id).get(0).expiresAt())
        .isEqualTo(reservations(id).get(0).createdAt().plus(TTL));
    inventory().release(id);
  }

  @Test
  void aHoldWithATokenThatNobodyConfirmsInTimeIsGivenBack() {
    UUID product = stocked(5);
    inventory().reserve(id, UUID.randomUUID(), List.of(new StockLine(product, 2)), TTL);

    clock().advance(TTL.plusSeconds(1));

    eventually(() -> assertReserved(id, ReservationStatus.EXPIRED));
    assertStock(product, 5, 0);
  }
}
