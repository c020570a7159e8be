package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight(1, 2);

  @Test
  void refusesWhenFullAndAdmitsWhenAPlaceIsGivenBack() {
    InFlight.Taken place = inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(OverloadedException.class);
    assertThat(inFlight.refused()).isEqualTo(1);

    place.close();
    place.close(); // once is enough

    assertThat(inFlight.taken()).isZero();
    inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(OverloadedException.class);
  }

  @Test
  void leavesAPlaceThatWasTakenAlongToWhoeverTookIt() {
    InFlight.Taken place = inFlight.enter();

    assertThat(place.takeAlong()).isTrue();
    assertThat(place.takeAlong()).isFalse();
    place.close();
    assertThat(inFlight.taken()).isEqualTo(1);

    inFlight.leave();
    assertThat(inFlight.taken()).isZero();
  }

  @Test
  void aPlaceThatIsGivenBackTwiceIsAFaultOfTheEngine() {
    inFlight.enter().takeAlong();
    inFlight.leave();

    assertThatThrownBy(inFlight::leave)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("free places in flight: 2, which must be between 0 and 1");
  }

  @Test
  void dueWorkHasPlacesThatNobodyWhoBeginsCanTake() {
    // given: whoever begins has taken all there is
    inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(OverloadedException.class);

    // when
    int places = inFlight.reserve(10);
    inFlight.settle(places, 2);

    // then: and it takes none from those who begin next
    assertThat(places).isEqualTo(2);
    assertThat(inFlight.taken()).isEqualTo(3);
    assertThat(inFlight.reserve(10)).isZero();
    inFlight.leave();
    inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(OverloadedException.class);
  }

  @Test
  void dueWorkBorrowsWhatNobodyWantsAndGivesThatBackFirst() {
    InFlight large = new InFlight(10, 2);
    large.enter();
    large.enter();

    int places = large.reserve(100);
    assertThat(places).as("its own two, and half of the eight that are free").isEqualTo(6);
    assertThat(large.taken()).as("set aside is not taken").isEqualTo(2);
    large.settle(places, 6);
    assertThat(large.taken()).isEqualTo(8);

    for (int i = 0; i < 4; i++) {
      large.leaveDue();
    }
    for (int i = 0; i < 8; i++) {
      large.enter();
    }
    assertThatThrownBy(large::enter).isInstanceOf(OverloadedException.class);
    assertThat(large.reserve(1)).as("its own two are still at work").isZero();
  }

  @Test
  void isEmptyOnceAllHaveLeft() {
    inFlight.enter();
    inFlight.settle(inFlight.reserve(1), 1);
    var empty = inFlight.empty();

    inFlight.leave();
    assertThat(empty).isNotDone();
    inFlight.leaveDue();
    assertThat(empty).isDone();
    assertThat(inFlight.empty()).isDone();
  }
}
