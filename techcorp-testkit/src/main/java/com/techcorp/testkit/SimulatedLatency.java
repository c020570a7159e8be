package com.techcorp.testkit;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * How long calls take, in real time.
 *
 * @param each takes so long
 * @param limit after which a call is given up
 */
record SimulatedLatency(Duration each, Duration limit) {
  /**
   * Waits as long as a call takes.
   *
   * @param more what this one takes beyond the others
   * @throws TimeoutException at the limit
   */
  void pass(Duration more) throws InterruptedException, TimeoutException {
    long millis = each.plus(more).toMillis();
    long longest = limit.toMillis();
    if (millis > 0) {
      Thread.sleep(Math.min(millis, longest));
    }
    if (millis > longest) {
      throw new TimeoutException("the simulated provider did not answer in time");
    }
  }
}
