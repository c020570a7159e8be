package com.techcorp.examples.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the kill of the worker came to.
 *
 * @param orders how many were taken over
 * @param took from the kill to the end of the last of them, or null if that did not come
 * @param late how many had not ended in time, though the provider had answered
 * @param undecided how many had not ended in time because the provider had not answered
 * @param acknowledged how many orders {@code place} had returned before the kill
 * @param lost how many of these are not there, or have not ended
 * @param repeated how many of these were asked for again
 * @param doubled how many repeats gave another order, and how many carts were ordered twice
 */
record CrashVerdict(
    int orders,
    @Nullable Duration took,
    int late,
    int undecided,
    int acknowledged,
    long lost,
    int repeated,
    long doubled) {
  static CrashVerdict of(CrashedLoad.Result crashed, DatabaseView state) {
    TakeoverWatch takeOver = crashed.takeOver();
    return new CrashVerdict(
        takeOver.orders(),
        takeOver.took(),
        takeOver.late(),
        takeOver.undecided(),
        crashed.acknowledged().size(),
        crashed.acknowledged().size() - state.ended(crashed.acknowledged()),
        crashed.repeated(),
        crashed.differing() + state.cartsOrderedTwice());
  }

  /** Nothing is lost, doubled or left, but not all was in time. */
  boolean onlyLate() {
    return whole() && late > 0;
  }

  boolean clean() {
    return whole() && late == 0;
  }

  private boolean whole() {
    return took != null && lost == 0 && doubled == 0;
  }
}
