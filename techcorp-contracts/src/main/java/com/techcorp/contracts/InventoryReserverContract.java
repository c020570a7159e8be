package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that holds and sells stock itself, without an order of ours. */
public abstract class InventoryReserverContract extends OrderScenario {
  private static final ReservationResult DONE = new ReservationResult.Done();
  private static final Duration TTL = Duration.ofMinutes(5);

  private final UUID id = newId();

  /** For subclasses. */
  protected InventoryReserverContract() {}

  @BeforeEach
  final void holdsWithoutOrders() {
    alsoHeldBy(id);
  }

  /** What waits for a hold's time to run out does not touch what was sold or given back. */
  @AfterEach
  final void timeRunsOut() {
    clock().advance(TTL);
  }

  private InventoryReserver inventory() {
    return shop().inventory();
  }

  private ReservationResult reserve(UUID product, long units) {
    return inventory().reserve(id, List.of(new StockLine(product, units)), TTL);
  }

  private void assertRefused(ReservationResult result, String state) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ReservationResult.Refused.class,
            refused -> assertThat(refused.message()).contains(state));
  }

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

  private void assertTheOrdersOwn(UUID order) {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> inventory().confirm(order),
            () -> inventory().release(order),
            () -> inventory().reverse(order),
            () -> inventory().extend(order, TTL),
            () -> inventory().reverse(order, newId()))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalTransitionException.class)
          .hasMessageContaining(order.toString())
          .hasMessageContaining("cancel the order");
    }
  }

  @Test
  @DisplayName("R06: nobody but the order changes what an order under way holds")
  void theStockOfAnOrderUnderWayIsItsSagas() {
    // given
    UUID product = stocked(5);
    UUID order = paying(SimulatedCharge.approve(), product, 2);

    // when, then
    assertTheOrdersOwn(order);
    assertStock(product, 3, 2);
    gateway.releaseWaiting();
    assertThat(outcome(order)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @DisplayName("R06: the last unit is not sold twice by taking a confirmed order's stock back")
  void theStockOfAConfirmedOrderIsTheOrders() {
    // given
    UUID product = stocked(2);
    UUID order = confirmed(product, 2);

    // when, then
    assertTheOrdersOwn(order);
    assertReserved(order, ReservationStatus.CONFIRMED);
    assertStock(product, 0, 0);
    assertRefused(
        inventory().reserve(order, List.of(new StockLine(product, 2)), TTL), "by another");

    // and the order itself still gives it back
    shop().orders().cancel(customer, order, "changed my mind");
    assertReserved(order, ReservationStatus.REVERSED);
    assertStock(product, 2, 0);
    assertTheOrdersOwn(order);
  }

  @Test
  void anOrdersTokenStaysWithTheOrder() {
    UUID order = confirmed(stocked(2), 2);

    UUID token = storage().orders().holdToken(order).orElseThrow();

    assertThat(token.version()).as("random").isEqualTo(4);
    assertThat(reservations(order)).extracting(Reservation::holdToken).containsOnly(token);
    eventually(() -> assertThat(published(order)).hasSize(2));
    assertThat(published(order).toString()).doesNotContain(token.toString());
    assertThat(storage().orders().events(order).toString()).doesNotContain(token.toString());
  }

  @Test
  void aHoldThatWasMadeWithATokenIsChangedWithItOnly() {
    UUID product = stocked(5);
    UUID token = UUID.randomUUID();
    List<StockLine> lines = List.of(new StockLine(product, 2));

    assertThat(inventory().reserve(id, token, lines, TTL)).isEqualTo(DONE);
    assertThat(inventory().reserve(id, token, lines, TTL)).as("repeated").isEqualTo(DONE);
    assertRefused(inventory().reserve(id, lines, TTL), "by another");
    assertTheOrdersOwn(id);
    assertThat(inventory().extend(id, token, TTL)).isEqualTo(DONE);
    assertThat(inventory().confirm(id, token)).isEqualTo(DONE);
    assertTheOrdersOwn(id);
    assertRefused(inventory().release(id, token), "CONFIRMED");
    assertThat(inventory().reverse(id, token)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
  }

  @Test
  void aTokenDoesNotOpenWhatAHostHolds() {
    UUID product = stocked(5);
    UUID token = UUID.randomUUID();
    reserve(product, 2);

    assertRefused(inventory().confirm(id, token), "a host holds it");
    assertRefused(inventory().reverse(id, token), "a host holds it");
    assertRefused(inventory().extend(id, token, TTL), "PENDING");
    assertRefused(
        inventory().reserve(id, token, List.of(new StockLine(product, 2)), TTL), "by another");
    assertThat(inventory().release(id, token)).as("the token holds nothing").isEqualTo(DONE);

    assertReserved(id, ReservationStatus.PENDING);
    assertStock(product, 3, 2);
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
