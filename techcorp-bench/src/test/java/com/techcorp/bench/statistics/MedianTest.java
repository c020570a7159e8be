package com.techcorp.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianTest {
  private static final long SEED = 20261128;

  @Test
  void ofEqualValuesTheIntervalIsThatValue() {
    double[] equal = DoubleStream.generate(() -> 0.97).limit(12).toArray();

    assertThat(Median.of(equal, SEED)).isEqualTo(new Median(0.97, 0.97, 0.97));
  }

  @Test
  void ofTwelveItLiesBetweenTheMiddleTwo() {
    double[] values = {12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6};

    assertThat(Median.of(values, SEED).value()).isEqualTo(6.5);
  }

  /**
   * The median of a draw of 13 from 1 to 13 is at most k if at least 7 are, each with k/13: 0.016
   * for 3, 0.071 for 4, so that the 2.5 % point is 4; and 10 on the other side.
   */
  @Test
  void theIntervalIsThatOfTheBinomialDistribution() {
    double[] values = IntStream.rangeClosed(1, 13).asDoubleStream().toArray();

    for (long seed = SEED; seed < SEED + 20; seed++) {
      assertThat(Median.of(values, seed)).as("seed %d", seed).isEqualTo(new Median(7, 4, 10));
    }
  }

  /** Of three values each end is the median of a draw with 7 of 27. */
  @Test
  void ofThreeValuesTheIntervalHoldsAllThree() {
    assertThat(Median.of(new double[] {1.5, 0.5, 1}, SEED)).isEqualTo(new Median(1, 0.5, 1.5));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] values = IntStream.range(0, 12).mapToDouble(i -> Math.sin(i)).toArray();

    assertThat(Median.of(values, SEED)).isEqualTo(Median.of(values, SEED));
  }

  @Test
  void whatWasMeasuredStaysInItsOrder() {
    double[] values = {3, 1, 2};

    Median.of(values, SEED);

    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void ofNothingThereIsNone() {
    assertThatThrownBy(() -> Median.of(new double[0], SEED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
