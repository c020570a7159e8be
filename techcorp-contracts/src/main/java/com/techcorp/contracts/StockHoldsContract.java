package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an order can hold, and for how long. */
public abstract class StockHoldsContract extends StockScenario {
  /** For subclasses. */
  protected StockHoldsContract() {}

  @Test
  void holdsWhatIsAvailable() {
    // given
    UUID first = stocked(5);
    UUID second = stocked(5);

    // when
    write(
        new StockEffect.Hold(
            order, List.of(new StockLine(first, 2), new StockLine(second, 5)), TTL));

    // then
    assertStock(first, 3, 2);
    assertStock(second, 0, 5);
    List<Reservation> lines = storage().stock().reservations(order);
    assertThat(lines).extracting(Reservation::productId).containsExactly(first, second);
    assertThat(lines).extracting(Reservation::quantity).containsExactly(2L, 5L);
    assertThat(lines).extracting(Reservation::id).doesNotHaveDuplicates();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.orderId()).isEqualTo(order);
              assertThat(line.status()).isEqualTo(ReservationStatus.PENDING);
              assertThat(Duration.between(line.createdAt(), line.expiresAt())).isEqualTo(TTL);
            });
  }

  @Test
  void refusesMoreThanIsAvailableAndNamesTheProduct() {
    // given
    UUID plenty = stocked(5);
    UUID scarce = stocked(1);
    List<StockLine> lines = List.of(new StockLine(plenty, 1), new StockLine(scarce, 2));

    // when
    CommitResult result = commit(new StockEffect.Hold(order, lines, TTL));

    // then
    assertThat(assertRefused(result, 0, StockEffect.OUT_OF_STOCK).details())
        .containsEntry("detail", scarce.toString());
    assertStock(plenty, 5, 0);
    assertStock(scarce, 1, 0);
    assertThat(storage().stock().reservations(order)).isEmpty();
  }

  @Test
  void refusesAProductThatWasNeverStocked() {
    UUID never = newId();
    assertThat(assertRefused(commit(hold(order, never, 1)), 0, StockEffect.OUT_OF_STOCK).details())
        .containsEntry("detail", never.toString());
  }

  @Test
  void sumsTwoLinesOfOneProduct() {
    // given: each line alone would fit
    UUID product = stocked(5);
    List<StockLine> lines =
        StockLine.summed(List.of(new StockLine(product, 3), new StockLine(product, 3)));

    // when, then
    assertRefused(commit(new StockEffect.Hold(order, lines, TTL)), 0, StockEffect.OUT_OF_STOCK);
    assertStock(product, 5, 0);
  }

  @Test
  void holdsTheSumOfTwoLinesOfOneProduct() {
    // given
    UUID product = stocked(5);
    List<StockLine> lines = List.of(new StockLine(product, 2), new StockLine(product, 3));

    // when
    write(new StockEffect.Hold(order, lines, TTL));

    // then
    assertStock(product, 0, 5);
    write(new StockEffect.Sell(order, lines));
    assertReservation(ReservationStatus.CONFIRMED);
  }

  @Test
  void doesNotExtendWhatIsHeldForNoTime() {
    // given
    StockEffect.Hold hold = new StockEffect.Hold(order, lines(stocked(5), 2), Duration.ZERO);

    // when, then
    assertRefused(
        commit(hold, new StockEffect.Extend(order, TTL)), 1, StockEffect.RESERVATION_STATE);
  }

  @Test
  void refusesASecondHoldOfAnOrder() {
    // given
    UUID product = stocked(5);
    UUID other = stocked(5);
    write(hold(order, product, 1));

    // when, then
    assertRefused(commit(hold(order, product, 1)), 0, StockEffect.RESERVATION_STATE);
    assertRefused(commit(hold(order, other, 1)), 0, StockEffect.RESERVATION_STATE);
    assertStock(product, 4, 1);
    assertStock(other, 5, 0);
  }

  @Test
  void refusesAHoldAfterItWasGivenBack() {
    UUID product = stocked(5);
    write(hold(order, product, 1));
    write(release(order, product));
    assertRefused(commit(hold(order, product, 1)), 0, StockEffect.RESERVATION_STATE);
    assertStock(product, 5, 0);
  }

  @Test
  void extendsAHoldAndNeverShortensIt() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));
    Instant first = expiresAt();
    Duration step = Duration.ofMinutes(5);

    // when
    advance(step);
    write(new StockEffect.Extend(order, TTL));

    // then
    Instant later = expiresAt();
    assertThat(later).isAfterOrEqualTo(first.plus(step));

    // when
    write(new StockEffect.Extend(order, Duration.ofMinutes(1)));

    // then
    assertThat(expiresAt()).isEqualTo(later);
    assertReservation(ReservationStatus.PENDING);
    assertStock(product, 3, 2);
  }

  @Test
  void extendsOnlyWhatIsHeld() {
    // given
    UUID product = stocked(5);
    StockEffect.Extend extend = new StockEffect.Extend(order, TTL);

    // when, then
    assertRefused(commit(extend), 0, StockEffect.RESERVATION_STATE);
    write(hold(order, product, 2), new StockEffect.Sell(order, lines(product, 2)));
    assertRefused(commit(extend), 0, StockEffect.RESERVATION_STATE);
  }

  @Test
  void extendsOnlyWhatHasTimeLeft() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));
    Instant expiresAt = expiresAt();

    // when: whoever gives it back may be on the way
    advance(TTL);

    // then
    assertRefused(commit(new StockEffect.Extend(order, TTL)), 0, StockEffect.RESERVATION_STATE);
    assertThat(expiresAt()).isEqualTo(expiresAt);
  }

  @Test
  void keepsAHoldPastItsTimeUntilItIsGivenBack() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));

    // when: the storage has no sweep of its own; whoever holds decides
    advance(TTL.multipliedBy(2));

    // then
    assertStock(product, 3, 2);
    assertCommitted(commit(new StockEffect.Sell(order, lines(product, 2))));
  }
}
