package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link com.techcorp.inventory.spi.StockLedger} and the stock effects promise. */
public abstract class StockContract extends StorageContract {
  private final UUID order = newId();

  /** For subclasses. */
  protected StockContract() {}

  private void assertReservation(ReservationStatus status) {
    assertThat(storage().stock().reservations(order))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.status()).isEqualTo(status));
  }

  private Instant expiresAt() {
    return storage().stock().reservations(order).get(0).expiresAt();
  }

  private static StockEffect.Release release(UUID order, UUID product) {
    return new StockEffect.Release(order, List.of(product), ReservationStatus.RELEASED);
  }

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
  void tellsLevelsOfStockedProductsOnly() {
    UUID product = stocked(1);
    UUID never = newId();
    assertThat(storage().stock().levels(List.of(product, never))).containsOnlyKeys(product);
    assertThat(storage().stock().levels(List.of())).isEmpty();
    assertThat(storage().stock().reservations(never)).isEmpty();
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
  void sellsWhatIsHeld() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));

    // when
    write(new StockEffect.Sell(order, lines(product, 2)));

    // then
    assertStock(product, 3, 0);
    assertReservation(ReservationStatus.CONFIRMED);
  }

  @Test
  void sellsExactlyWhatIsHeld() {
    // given
    UUID product = stocked(5);
    UUID other = stocked(5);
    List<StockLine> both = List.of(new StockLine(product, 2), new StockLine(other, 1));
    write(new StockEffect.Hold(order, both, TTL));

    // when, then
    for (List<StockLine> wrong :
        List.of(
            lines(product, 2),
            List.of(new StockLine(product, 1), new StockLine(other, 1)),
            List.of(new StockLine(product, 2), new StockLine(other, 2)),
            List.of(new StockLine(product, 2), new StockLine(stocked(1), 1)),
            List.of(
                new StockLine(product, 2),
                new StockLine(other, 1),
                new StockLine(stocked(1), 1)))) {
      assertRefused(commit(new StockEffect.Sell(order, wrong)), 0, StockEffect.RESERVATION_STATE);
    }
    assertStock(product, 3, 2);
    assertStock(other, 4, 1);
    assertCommitted(commit(new StockEffect.Sell(order, both)));
  }

  @Test
  void sellsOnce() {
    UUID product = stocked(5);
    write(hold(order, product, 2));
    write(new StockEffect.Sell(order, lines(product, 2)));
    assertRefused(
        commit(new StockEffect.Sell(order, lines(product, 2))), 0, StockEffect.RESERVATION_STATE);
    assertStock(product, 3, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"RELEASED", "EXPIRED"})
  void givesBackWhatIsHeld(ReservationStatus as) {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));

    // when
    write(new StockEffect.Release(order, List.of(product), as));

    // then
    assertStock(product, 5, 0);
    assertReservation(as);
  }

  @Test
  void givesBackOnce() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));
    write(release(order, product));

    // when: neither a repeat nor a stranger is refused, nor does it change anything
    write(new StockEffect.Release(order, List.of(product), ReservationStatus.EXPIRED));
    write(release(newId(), product));

    // then
    assertStock(product, 5, 0);
    assertReservation(ReservationStatus.RELEASED);
  }

  @Test
  void doesNotGiveBackWhatIsSold() {
    UUID product = stocked(5);
    write(hold(order, product, 2));
    write(new StockEffect.Sell(order, lines(product, 2)));
    write(release(order, product));
    assertStock(product, 3, 0);
    assertReservation(ReservationStatus.CONFIRMED);
  }

  @Test
  void doesNotSellWhatWasGivenBackOrNeverHeld() {
    UUID product = stocked(5);
    write(hold(order, product, 2));
    write(release(order, product));
    assertRefused(
        commit(new StockEffect.Sell(order, lines(product, 2))), 0, StockEffect.RESERVATION_STATE);
    assertRefused(
        commit(new StockEffect.Sell(newId(), lines(product, 2))), 0, StockEffect.RESERVATION_STATE);
    assertStock(product, 5, 0);
  }

  @Test
  void takesASaleBackOnce() {
    // given
    UUID product = stocked(5);
    StockEffect.Reverse reverse = new StockEffect.Reverse(order, lines(product, 2));
    write(hold(order, product, 2));
    assertRefused(commit(reverse), 0, StockEffect.RESERVATION_STATE);
    write(new StockEffect.Sell(order, lines(product, 2)));
    assertRefused(
        commit(new StockEffect.Reverse(order, lines(product, 1))),
        0,
        StockEffect.RESERVATION_STATE);

    // when
    write(reverse);

    // then
    assertStock(product, 5, 0);
    assertReservation(ReservationStatus.REVERSED);
    assertRefused(commit(reverse), 0, StockEffect.RESERVATION_STATE);
    assertStock(product, 5, 0);
  }

  @Test
  void doesAllInOneWork() {
    UUID product = stocked(5);
    write(
        hold(order, product, 2),
        new StockEffect.Extend(order, TTL.multipliedBy(2)),
        new StockEffect.Sell(order, lines(product, 2)),
        new StockEffect.Reverse(order, lines(product, 2)));
    assertStock(product, 5, 0);
    assertReservation(ReservationStatus.REVERSED);
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

  @Test
  void correctsWhatIsAvailableButNotBelowZero() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 3));

    // when
    write(new StockEffect.Restock(product, -1, MovementType.ADJUSTMENT));
    CommitResult tooMuch = commit(new StockEffect.Restock(product, -2, MovementType.ADJUSTMENT));
    CommitResult never = commit(new StockEffect.Restock(newId(), -1, MovementType.ADJUSTMENT));

    // then
    assertRefused(tooMuch, 0, StockEffect.OUT_OF_STOCK);
    assertRefused(never, 0, StockEffect.OUT_OF_STOCK);
    assertStock(product, 1, 3);
    write(new StockEffect.Restock(product, 4, MovementType.RECEIPT));
    assertStock(product, 5, 3);
  }

  @Test
  void addsGoodsOfABatchUp() {
    // given
    UUID product = newId();
    StockEffect.Restock goods = new StockEffect.Restock(product, 2, MovementType.RECEIPT);

    // when
    List<CommitResult> results =
        commitAll(writeSet(goods, goods), writeSet(goods), writeSet(hold(order, product, 6)));

    // then
    assertThat(results).allSatisfy(StorageContract::assertCommitted);
    assertStock(product, 0, 6);
  }

  @Test
  void letsOneOfManySellAHold() throws Exception {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 2));
    StockEffect sell = new StockEffect.Sell(order, lines(product, 2));
    StockEffect release = release(order, product);

    // when
    Threads.together(6, thread -> () -> commit(thread % 2 == 0 ? sell : release));

    // then: it was sold or given back, whoever was first
    ReservationStatus status = storage().stock().reservations(order).get(0).status();
    assertThat(status).isIn(ReservationStatus.CONFIRMED, ReservationStatus.RELEASED);
    assertStock(product, status == ReservationStatus.CONFIRMED ? 3 : 5, 0);
  }

  private static StockEffect.Hold heldWith(UUID order, UUID product, @Nullable UUID token) {
    return new StockEffect.Hold(order, lines(product, 2), TTL, token);
  }

  private void assertNothingChangesWith(@Nullable UUID token, UUID order, UUID product) {
    StockEffect.Sell sell = new StockEffect.Sell(order, lines(product, 2), token);
    StockEffect.Extend extend = new StockEffect.Extend(order, TTL.multipliedBy(2), token);
    assertRefused(commit(sell), 0, StockEffect.RESERVATION_STATE);
    assertRefused(commit(extend), 0, StockEffect.RESERVATION_STATE);
    write(
        new StockEffect.Release(
            order, List.of(product), ReservationStatus.RELEASED, token)); // changes nothing
    assertThat(storage().stock().reservations(order))
        .extracting(Reservation::status)
        .containsExactly(ReservationStatus.PENDING);
    assertStock(product, 3, 2);
  }

  @Test
  void changesAHoldUnderItsTokenOnly() {
    // given
    UUID product = stocked(5);
    UUID order = newId();
    UUID token = UUID.randomUUID();
    write(heldWith(order, product, token));

    // when, then
    assertThat(storage().stock().reservations(order))
        .extracting(Reservation::holdToken)
        .containsExactly(token);
    assertNothingChangesWith(null, order, product);
    assertNothingChangesWith(UUID.randomUUID(), order, product);
    write(new StockEffect.Extend(order, TTL.multipliedBy(2), token));
    write(new StockEffect.Sell(order, lines(product, 2), token));
    for (UUID other : new UUID[] {null, UUID.randomUUID()}) {
      assertRefused(
          commit(new StockEffect.Reverse(order, lines(product, 2), other)),
          0,
          StockEffect.RESERVATION_STATE);
    }
    write(new StockEffect.Reverse(order, lines(product, 2), token));
    assertStock(product, 5, 0);
  }

  @Test
  void changesAHostsHoldWithoutATokenOnly() {
    // given
    UUID product = stocked(5);
    UUID order = newId();
    write(heldWith(order, product, null));

    // when, then
    assertNothingChangesWith(UUID.randomUUID(), order, product);
    write(new StockEffect.Sell(order, lines(product, 2)));
    assertStock(product, 3, 0);
  }

  @Test
  void sellsInOneWorkWhatItHoldsUnderTheSameTokenOnly() {
    // given
    UUID product = stocked(5);
    UUID token = UUID.randomUUID();
    UUID order = newId();
    UUID other = newId();

    // when
    CommitResult wrong =
        commit(
            heldWith(other, product, token),
            new StockEffect.Sell(other, lines(product, 2), UUID.randomUUID()));
    CommitResult right =
        commit(
            heldWith(order, product, token), new StockEffect.Sell(order, lines(product, 2), token));

    // then
    assertRefused(wrong, 1, StockEffect.RESERVATION_STATE);
    assertCommitted(right);
    assertThat(storage().stock().reservations(order))
        .extracting(Reservation::holdToken)
        .containsExactly(token);
    assertStock(product, 3, 0);
  }
}
