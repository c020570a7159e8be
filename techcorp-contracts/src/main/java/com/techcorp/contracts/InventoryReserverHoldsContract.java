package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host holds, sells and gives back stock: each of them once, and never the same unit twice. */
public abstract class InventoryReserverHoldsContract extends InventoryReserverScenario {
  /** For subclasses. */
  protected InventoryReserverHoldsContract() {}

  @Test
  void aHoldTakesFromWhatIsAvailable() {
    UUID product = stocked(5);

    assertThat(reserve(product, 2)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.PENDING);
    assertStock(product, 3, 2);
    inventory().release(id);
  }

  @Test
  @Tag("T04")
  @DisplayName("T04: nobody is blocked by their own hold when they repeat a call")
  void holdingTwiceHoldsOnce() {
    UUID product = stocked(2);
    reserve(product, 2);

    assertThat(reserve(product, 2)).isEqualTo(DONE);

    assertStock(product, 0, 2);
    assertRefused(reserve(product, 1), "PENDING");
    inventory().release(id);
  }

  @Test
  void whatFallsShortIsNamedAndNothingIsHeld() {
    UUID enough = stocked(5);
    UUID scarce = stocked(3);

    ReservationResult result =
        inventory()
            .reserve(
                id,
                List.of(
                    new StockLine(scarce, 2), new StockLine(enough, 1), new StockLine(scarce, 2)),
                TTL);

    assertThat(result).isEqualTo(new ReservationResult.OutOfStock(scarce));
    assertStock(enough, 5, 0);
    assertStock(scarce, 3, 0);
  }

  @Test
  void confirmingSellsOnce() {
    UUID product = stocked(5);
    reserve(product, 2);

    assertThat(inventory().confirm(id)).isEqualTo(DONE);
    assertThat(inventory().confirm(id)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.CONFIRMED);
    assertStock(product, 3, 0);
    assertThat(reserve(product, 2)).as("the repeat of a call that was sold since").isEqualTo(DONE);
    assertRefused(inventory().release(id), "CONFIRMED");
  }

  @Test
  void releasingGivesBackOnce() {
    UUID product = stocked(5);
    reserve(product, 2);

    assertThat(inventory().release(id)).isEqualTo(DONE);
    assertThat(inventory().release(id)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertRefused(inventory().confirm(id), "RELEASED");
    assertRefused(reserve(product, 2), "RELEASED");
  }

  @Test
  void reversingReturnsASaleOnce() {
    UUID product = stocked(5);
    reserve(product, 2);
    assertRefused(inventory().reverse(id), "PENDING");
    inventory().confirm(id);

    assertThat(inventory().reverse(id)).isEqualTo(DONE);
    assertThat(inventory().reverse(id)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
  }

  @Test
  void whereThereIsNothingThereIsNothingToDo() {
    UUID nobody = newId();

    assertThat(inventory().release(nobody)).isEqualTo(DONE);
    assertRefused(inventory().confirm(nobody), "there is none");
    assertRefused(inventory().reverse(nobody), "there is none");
    assertRefused(inventory().extend(nobody, TTL), "there is none");
  }

  @Test
  void aCancelThatOvertakesItsReserveKeepsItOut() {
    UUID product = stocked(5);

    assertThat(inventory().release(id)).isEqualTo(DONE);
    assertThat(inventory().release(id)).as("the repeat").isEqualTo(DONE);

    assertRefused(reserve(product, 2), "CANCELLED");
    assertRefused(reserve(product, 2), "CANCELLED");
    assertRefused(inventory().confirm(id), "there is none");
    assertStock(product, 5, 0);
  }

  @Test
  void whatFellShortCanBeCancelledAndIsNotHeldLater() {
    UUID product = stocked(1);
    assertThat(reserve(product, 2)).isEqualTo(new ReservationResult.OutOfStock(product));
    assertThat(inventory().release(id)).isEqualTo(DONE);

    inventory().restock(product, 5);
    received(product, 5);

    assertRefused(reserve(product, 2), "CANCELLED");
    assertStock(product, 6, 0);
  }

  @Test
  void aCancelThatRacesItsReserveLeavesNothingHeld() throws Exception {
    UUID product = stocked(100);
    List<UUID> holders = java.util.stream.Stream.generate(OrderScenario::newId).limit(40).toList();
    holders.forEach(this::alsoHeldBy);

    List<ReservationResult> results =
        Threads.together(
            8,
            thread ->
                () -> {
                  ReservationResult last = DONE;
                  for (UUID holder : holders) {
                    List<StockLine> one = List.of(new StockLine(product, 1));
                    last =
                        Threads.patiently(
                            () ->
                                thread % 2 == 0
                                    ? inventory().reserve(holder, one, TTL)
                                    : inventory().release(holder));
                  }
                  return last;
                });

    assertThat(results).hasSize(8);
    assertStock(product, 100, 0);
    holders.forEach(
        holder ->
            assertThat(inventory().reserve(holder, List.of(new StockLine(product, 1)), TTL))
                .isInstanceOf(ReservationResult.Refused.class));
  }

  @Test
  void goodsInAddUp() {
    UUID product = stocked(5);

    inventory().restock(product, 7);
    received(product, 7);

    assertStock(product, 12, 0);
    assertThat(inventory().levels(List.of(newId()))).isEmpty();
  }

  @Test
  void nonsenseIsRefused() {
    UUID product = stocked(5);

    assertThatThrownBy(() -> inventory().restock(product, 0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> inventory().reserve(id, List.of(), TTL))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () -> inventory().reserve(id, List.of(new StockLine(product, 1)), Duration.ZERO))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> inventory().extend(id, Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theLastUnitsAreNotHeldTwice() throws Exception {
    UUID product = stocked(3);
    List<UUID> holders = java.util.stream.Stream.generate(OrderScenario::newId).limit(8).toList();
    holders.forEach(this::alsoHeldBy);

    List<ReservationResult> results =
        Threads.together(
            8,
            i -> {
              List<StockLine> one = List.of(new StockLine(product, 1));
              return () -> Threads.patiently(() -> inventory().reserve(holders.get(i), one, TTL));
            });

    assertThat(results).filteredOn(DONE::equals).hasSize(3);
    assertThat(results).filteredOn(new ReservationResult.OutOfStock(product)::equals).hasSize(5);
    assertStock(product, 0, 3);
    holders.forEach(inventory()::release);
  }
}
