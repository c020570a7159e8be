package com.techcorp.saga.internal;

import com.techcorp.error.internal.Invariants;
import java.util.concurrent.Semaphore;

/**
 * How many calls may run at once, divided among the services that are called. Half of all places is
 * divided equally, and is there for its service whatever the others do; the other half is for all,
 * first come, first served; no service has more than half of all. Thread-safe.
 */
final class CallPlaces {
  private final int own;
  private final int most;
  private final Semaphore shared;
  private final int sharedSize;

  /** A service has one place at least, also where there are more services than places. */
  CallPlaces(int total, int services) {
    this.most = Math.max(1, total / 2);
    this.own = Math.max(1, total / 2 / Math.max(1, services));
    this.sharedSize = Math.max(0, total - services * own);
    this.shared = new Semaphore(sharedSize);
  }

  /** Returns how many calls one service may have running. */
  int most() {
    return most;
  }

  /** Takes a permit for a service with this many running calls; false if none is left for it. */
  boolean take(int running) {
    return running < own || (running < most && shared.tryAcquire());
  }

  /** Returns the permit of a service with this many calls still running. */
  void give(int running) {
    if (running >= own) {
      shared.release();
      Invariants.within("free shared places for calls", shared.availablePermits(), 0, sharedSize);
    }
  }
}
