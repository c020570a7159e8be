package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host that holds and sells stock itself, without an order of ours. */
public abstract class InventoryReserverScenario extends OrderScenario {
  static final ReservationResult DONE = new ReservationResult.Done();
  static final Duration TTL = Duration.ofMinutes(5);

  final UUID id = newId();

  /** For subclasses. */
  protected InventoryReserverScenario() {}

  @BeforeEach
  final void holdsWithoutOrders() {
    alsoHeldBy(id);
  }

  /** What waits for a hold's time to run out does not touch what was sold or given back. */
  @AfterEach
  final void timeRunsOut() {
    clock().advance(TTL);
  }

  final InventoryReserver inventory() {
    return shop().inventory();
  }

  final ReservationResult reserve(UUID product, long units) {
    return inventory().reserve(id, List.of(new StockLine(product, units)), TTL);
  }

  final void assertRefused(ReservationResult result, String state) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ReservationResult.Refused.class,
            refused -> assertThat(refused.message()).contains(state));
  }
}
