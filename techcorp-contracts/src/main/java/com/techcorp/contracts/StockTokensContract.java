package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.storage.CommitResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only the token under which a hold was made changes it. */
public abstract class StockTokensContract extends StockScenario {
  /** For subclasses. */
  protected StockTokensContract() {}

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
