package com.techcorp.bench.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A median with the interval that the true one lies in with 95 % confidence, by the percentile
 * bootstrap: as many values are drawn from those measured, with replacement, again and again, and
 * the middle 95 % of the medians of the draws are the interval.
 *
 * @param value the middle one, or the mean of the middle two
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
public record Median(double value, double low, double high) {
  private static final int DRAWS = 10_000;
  private static final double OUTSIDE = 0.025;

  /** The same values and seed give the same interval. */
  public static Median of(double[] values, long seed) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] medians = new double[DRAWS];
    double[] draw = new double[values.length];
    for (int i = 0; i < DRAWS; i++) {
      for (int k = 0; k < draw.length; k++) {
        draw[k] = values[random.nextInt(values.length)];
      }
      medians[i] = middle(draw);
    }
    Arrays.sort(medians);
    int cut = (int) (OUTSIDE * DRAWS);
    return new Median(middle(values.clone()), medians[cut], medians[DRAWS - 1 - cut]);
  }

  public double width() {
    return high - low;
  }

  /** Sorts what it is given. */
  private static double middle(double[] values) {
    Arrays.sort(values);
    int n = values.length;
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }
}
