package com.techcorp.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Rounds in which several sides take turns, so that what else happens on the machine affects all of
 * them. The first round does not count: the JVM compiles in it. Every other round goes backwards.
 */
public final class Rounds {
  private Rounds() {}

  /** One side, measured for as long as a slice takes. */
  @FunctionalInterface
  public interface Slice {
    /** Operations a second. */
    double perSecond() throws InterruptedException;
  }

  /**
   * Measures all sides in all rounds.
   *
   * @return of each side the rates of the rounds
   */
  public static List<List<Double>> rates(int rounds, List<Slice> sides)
      throws InterruptedException {
    for (Slice side : sides) {
      side.perSecond();
    }
    List<List<Double>> rates = new ArrayList<>();
    sides.forEach(side -> rates.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < sides.size(); turn++) {
        int side = round % 2 == 0 ? turn : sides.size() - 1 - turn;
        rates.get(side).add(sides.get(side).perSecond());
      }
    }
    return rates;
  }
}
