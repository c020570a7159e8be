package com.techcorp.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that moves only when it is told to, so that tests of leases, time-outs and retries never
 * sleep. Thread-safe.
 */
public final class SteppedClock implements InstantSource {
  private Instant now;

  private SteppedClock(Instant start) {
    now = start;
  }

  /**
   * Returns a clock that stands at a given instant.
   *
   * @param start where it stands
   * @return the clock
   */
  public static SteppedClock at(Instant start) {
    return new SteppedClock(start);
  }

  /**
   * Returns a clock that stands at the middle of 2024, so that no test depends on the day it runs.
   *
   * @return the clock
   */
  public static SteppedClock create() {
    return at(Instant.parse("2024-06-15T12:00:00Z"));
  }

  /**
   * Returns the clock's time.
   *
   * @return the instant
   */
  public synchronized Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now();
  }

  /**
   * Moves the clock forward and returns its time.
   *
   * @param step how far; negative: back, as a database's clock may jump
   * @return where it stands now
   */
  public synchronized Instant advance(Duration step) {
    now = now.plus(step);
    return now;
  }

  /**
   * Sets the clock to an instant.
   *
   * @param instant where it stands from now on
   */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  @Override
  public String toString() {
    return "SteppedClock at " + now();
  }
}
