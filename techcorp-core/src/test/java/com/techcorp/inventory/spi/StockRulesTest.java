package com.techcorp.inventory.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.inventory.spi.StockEffect.Reverse;
import com.techcorp.inventory.spi.StockEffect.Sell;
import com.techcorp.inventory.spi.StockOutcome.Change;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Accepted;
import com.techcorp.storage.Decision.Refused;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StockRulesTest {
  private static final UUID ORDER = new UUID(0, 1);
  private static final UUID PRODUCT = new UUID(0, 2);
  private static final UUID OTHER = new UUID(0, 3);
  private static final UUID TOKEN = new UUID(0, 4);
  private static final Duration TTL = Duration.ofMinutes(10);

  private static List<StockLine> lines(long units) {
    return List.of(new StockLine(PRODUCT, units));
  }

  private static HeldStock held(ReservationStatus status) {
    return new HeldStock(status, TOKEN, Map.of(PRODUCT, 2L), false);
  }

  private static Decision<StockOutcome> decide(StockEffect effect, HeldStock held) {
    return StockRules.decide(effect, held, product -> product.equals(PRODUCT) ? 5 : 0);
  }

  private static StockOutcome accepted(Decision<StockOutcome> decision) {
    assertThat(decision).isInstanceOf(Accepted.class);
    return ((Accepted<StockOutcome>) decision).after();
  }

  private static void assertRefused(Decision<?> decision, String code) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.failure().code()).isEqualTo(code));
  }

  @Test
  void crossesZeroIfOneSideIsZero() {
    assertThat(StockRules.crossesZero(0, 3)).isTrue();
    assertThat(StockRules.crossesZero(3, 0)).isTrue();
    assertThat(StockRules.crossesZero(0, 0)).isFalse();
    assertThat(StockRules.crossesZero(3, 3)).isFalse();
    assertThat(StockRules.crossesZero(1, 3)).isFalse();
  }

  @Test
  void holdsWhatIsAvailable() {
    // when
    StockOutcome outcome = accepted(decide(new Hold(ORDER, lines(5), TTL, TOKEN), null));

    // then
    assertThat(outcome.held())
        .isEqualTo(new HeldStock(ReservationStatus.PENDING, TOKEN, Map.of(PRODUCT, 5L), false));
    assertThat(outcome.changes()).containsExactly(new Change(PRODUCT, -5, 5));
    assertThat(outcome.changes().get(0).moved()).isZero();
  }

  @Test
  void refusesToHoldMoreThanThereIs() {
    // given
    List<StockLine> lines = List.of(new StockLine(PRODUCT, 1), new StockLine(OTHER, 1));

    // when
    Decision<StockOutcome> decision = decide(new Hold(ORDER, lines, TTL), null);

    // then
    assertThat(decision).isEqualTo(new Refused<>(StockEffect.outOfStock(OTHER, 0)));
  }

  @Test
  void sumsTheLinesOfAProduct() {
    // given: each line alone would fit
    List<StockLine> lines = List.of(new StockLine(PRODUCT, 3), new StockLine(PRODUCT, 3));

    // when, then
    assertRefused(decide(new Hold(ORDER, lines, TTL), null), StockEffect.OUT_OF_STOCK);
  }

  @ParameterizedTest
  @EnumSource
  void holdsOnceForAnOrder(ReservationStatus status) {
    assertRefused(
        decide(new Hold(ORDER, lines(1), TTL, TOKEN), held(status)), StockEffect.RESERVATION_STATE);
  }

  @Test
  void holdsForNoTimeWhatCannotBeExtended() {
    // given
    HeldStock held = accepted(decide(new Hold(ORDER, lines(2), Duration.ZERO, TOKEN), null)).held();

    // when, then
    assertRefused(decide(new Extend(ORDER, TTL, TOKEN), held), StockEffect.RESERVATION_STATE);
  }

  @ParameterizedTest
  @EnumSource
  void sellsWhatIsPending(ReservationStatus status) {
    // when
    Decision<StockOutcome> decision = decide(new Sell(ORDER, lines(2), TOKEN), held(status));

    // then
    if (status == ReservationStatus.PENDING) {
      assertThat(accepted(decision))
          .isEqualTo(
              new StockOutcome(
                  held(ReservationStatus.CONFIRMED), List.of(new Change(PRODUCT, 0, -2))));
    } else {
      assertRefused(decision, StockEffect.RESERVATION_STATE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesBackWhatIsSold(ReservationStatus status) {
    // when
    Decision<StockOutcome> decision = decide(new Reverse(ORDER, lines(2), TOKEN), held(status));

    // then
    if (status == ReservationStatus.CONFIRMED) {
      assertThat(accepted(decision))
          .isEqualTo(
              new StockOutcome(
                  held(ReservationStatus.REVERSED), List.of(new Change(PRODUCT, 2, 0))));
    } else {
      assertRefused(decision, StockEffect.RESERVATION_STATE);
    }
  }

  @Test
  void sellsExactlyWhatIsHeld() {
    // given
    HeldStock held = held(ReservationStatus.PENDING);

    // when, then
    assertRefused(decide(new Sell(ORDER, lines(1), TOKEN), held), StockEffect.RESERVATION_STATE);
    assertRefused(
        decide(
            new Sell(ORDER, List.of(new StockLine(PRODUCT, 2), new StockLine(OTHER, 1)), TOKEN),
            held),
        StockEffect.RESERVATION_STATE);
    assertRefused(decide(new Sell(ORDER, lines(2), TOKEN), null), StockEffect.RESERVATION_STATE);
  }

  @Test
  void changesAHoldUnderItsTokenOnly() {
    // given
    HeldStock held = held(ReservationStatus.PENDING);

    // when, then
    for (UUID token : new UUID[] {null, new UUID(0, 5)}) {
      assertRefused(decide(new Sell(ORDER, lines(2), token), held), StockEffect.RESERVATION_STATE);
      assertRefused(decide(new Extend(ORDER, TTL, token), held), StockEffect.RESERVATION_STATE);
      Release release = new Release(ORDER, List.of(PRODUCT), ReservationStatus.RELEASED, token);
      assertThat(accepted(decide(release, held))).isEqualTo(new StockOutcome(held, List.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatIsPendingAndRefusesNothing(ReservationStatus status) {
    // given
    Release release = new Release(ORDER, List.of(PRODUCT), ReservationStatus.EXPIRED, TOKEN);

    // when
    StockOutcome outcome = accepted(decide(release, held(status)));

    // then
    StockOutcome expected =
        status == ReservationStatus.PENDING
            ? new StockOutcome(held(ReservationStatus.EXPIRED), List.of(new Change(PRODUCT, 2, -2)))
            : new StockOutcome(held(status), List.of());
    assertThat(outcome).isEqualTo(expected);
    assertThat(accepted(decide(release, null))).isEqualTo(new StockOutcome(null, List.of()));
  }

  @Test
  void extendsWhatHasTimeLeft() {
    // given
    Extend extend = new Extend(ORDER, TTL, TOKEN);
    HeldStock held = held(ReservationStatus.PENDING);
    HeldStock late = new HeldStock(ReservationStatus.PENDING, TOKEN, Map.of(PRODUCT, 2L), true);

    // when, then
    assertThat(accepted(decide(extend, held))).isEqualTo(new StockOutcome(held, List.of()));
    assertRefused(decide(extend, late), StockEffect.RESERVATION_STATE);
    assertRefused(decide(extend, held(ReservationStatus.CONFIRMED)), StockEffect.RESERVATION_STATE);
  }

  @Test
  void correctsDownToNothing() {
    // given
    Restock all = new Restock(PRODUCT, -5, MovementType.ADJUSTMENT);
    Restock more = new Restock(PRODUCT, -6, MovementType.ADJUSTMENT);
    Restock never = new Restock(OTHER, -1, MovementType.ADJUSTMENT);

    // when, then
    assertThat(accepted(decide(all, null)).changes()).containsExactly(new Change(PRODUCT, -5, 0));
    assertThat(StockRules.movement(all)).isEqualTo(MovementType.ADJUSTMENT);
    assertThat(decide(more, null)).isEqualTo(new Refused<>(StockEffect.outOfStock(PRODUCT, 5)));
    assertThat(decide(never, null)).isEqualTo(new Refused<>(StockEffect.outOfStock(OTHER, 0)));
  }

  @Test
  void cannotCountBeyondALong() {
    // given
    Change change =
        accepted(decide(new Restock(PRODUCT, 1, MovementType.RECEIPT), null)).changes().get(0);

    // when, then
    assertThat(change.availableAfter(5)).isEqualTo(6);
    assertThatThrownBy(() -> change.availableAfter(Long.MAX_VALUE))
        .isInstanceOf(UnstorableDataException.class)
        .hasMessageContaining(PRODUCT.toString());
  }

  @Test
  void asksFirstOnce() {
    // given
    HoldRequestEffect reserve = new HoldRequestEffect(ORDER, Kind.RESERVE);

    // when
    Decision<Kind> first = StockRules.decide(reserve, null);
    Decision<Kind> second = StockRules.decide(reserve, Kind.CANCEL);

    // then
    assertThat(first).isEqualTo(Decision.accept(Kind.RESERVE));
    assertRefused(second, HoldRequestEffect.TAKEN);
    assertThat(((Refused<Kind>) second).failure().details()).containsEntry("detail", "CANCEL");
  }
}
