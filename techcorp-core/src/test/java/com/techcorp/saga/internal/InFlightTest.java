package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.Overloaded;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight(1);

  @Test
  void refusesWhenFullAndAdmitsWhenAPlaceIsGivenBack() {
    InFlight.Taken place = inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(Overloaded.class);

    place.close();
    place.close(); // once is enough

    assertThat(inFlight.taken()).isZero();
    inFlight.enter();
    assertThatThrownBy(inFlight::enter).isInstanceOf(Overloaded.class);
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
}
