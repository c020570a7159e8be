package com.techcorp.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who gets an exception for an order that asks for too much. */
class SoldOutOptionsTest {
  @Test
  void countersChangeTheDefault() {
    assertThat(SoldOutOptions.DEFAULT.isRecorded(false)).isTrue();
    assertThat(SoldOutOptions.DEFAULT.isRecorded(true)).isFalse();
  }

  @Test
  void anExplicitSettingWins() {
    for (boolean counters : new boolean[] {false, true}) {
      assertThat(SoldOutOptions.DEFAULT.withRecorded(true).isRecorded(counters)).isTrue();
      assertThat(SoldOutOptions.DEFAULT.withRecorded(false).isRecorded(counters)).isFalse();
    }
  }
}
