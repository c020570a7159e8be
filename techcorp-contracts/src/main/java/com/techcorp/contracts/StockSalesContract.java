package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held is sold or given back, and a sale is taken back: each of them once. */
public abstract class StockSalesContract extends StockScenario {
  /** For subclasses. */
  protected StockSalesContract() {}

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
}
