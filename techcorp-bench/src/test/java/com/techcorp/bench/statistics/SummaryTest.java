package com.techcorp.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void theMedianOfThreeIsTheMiddleOne() {
    assertThat(Summary.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Summary(2, 1, 9));
  }

  @Test
  void theMedianOfTwoIsTheirMean() {
    assertThat(Summary.of(List.of(4.0, 2.0))).isEqualTo(new Summary(3, 2, 4));
  }

  @Test
  void ofNothingThereIsNone() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
