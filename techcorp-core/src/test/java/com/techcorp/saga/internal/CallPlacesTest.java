package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the places for calls are divided. */
class CallPlacesTest {
  private static int takeAll(CallPlaces places, int running) {
    int taken = running;
    while (places.take(taken)) {
      taken++;
    }
    return taken;
  }

  @Test
  void oneServiceHasHalfOfAllAtTheMost() {
    CallPlaces places = new CallPlaces(256, 1);

    assertThat(takeAll(places, 0)).isEqualTo(128);
    assertThat(places.most()).isEqualTo(128);
  }

  @Test
  void whatGreedyServicesLeaveIsThereForEachOfTheOthers() {
    CallPlaces places = new CallPlaces(256, 4);

    int first = takeAll(places, 0);
    int second = takeAll(places, 0);
    int third = takeAll(places, 0);
    int fourth = takeAll(places, 0);

    assertThat(first).isEqualTo(128);
    assertThat(second).as("its own 32 and what the first left of the shared").isEqualTo(64);
    assertThat(third).isEqualTo(32);
    assertThat(fourth).isEqualTo(32);
    assertThat(first + second + third + fourth).isEqualTo(256);
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    CallPlaces places = new CallPlaces(16, 2);
    int first = takeAll(places, 0);
    int second = takeAll(places, 0);

    for (int left = first - 1; left >= 0; left--) {
      places.give(left);
    }

    assertThat(first).isEqualTo(8);
    assertThat(takeAll(places, second)).isEqualTo(8);
    assertThat(takeAll(places, 0)).isEqualTo(8);
  }

  @Test
  void eachServiceHasAPlaceEvenWhereThereAreMoreServicesThanPlaces() {
    CallPlaces places = new CallPlaces(1, 3);

    assertThat(takeAll(places, 0)).isEqualTo(1);
    assertThat(takeAll(places, 0)).isEqualTo(1);
    assertThat(takeAll(places, 0)).isEqualTo(1);
  }
}
