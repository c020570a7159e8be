package com.techcorp.examples.features;

import com.techcorp.testkit.fault.CrashSweep;
import java.util.List;

/** How to test that a saga survives a stop of its process, at every call that it makes. */
final class SagaCrashSweep {
  private SagaCrashSweep() {}

  /** Plays every point; gives how many there are. */
  static int run() {
    // tag::sweep[]
    CrashSweep sweep = CrashSweep.of(TripScenario::new);
    List<CrashSweep.Point> points = sweep.points();
    points.forEach(sweep::play);
    return points.size(); // assert a least number: a scenario that shrinks is noticed
    // end::sweep[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(run() + " points");
  }
}
