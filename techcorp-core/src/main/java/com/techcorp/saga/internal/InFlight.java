package com.techcorp.saga.internal;

import com.techcorp.error.Overloaded;
import java.util.concurrent.Semaphore;

/** The bound on sagas that this process holds in memory. */
final class InFlight {
  private final Semaphore places;
  private final int size;

  InFlight(int size) {
    this.size = size;
    this.places = new Semaphore(size);
  }

  /** A place for a new saga, or a typed refusal at once. */
  void enter() {
    if (!places.tryAcquire()) {
      throw new Overloaded(size + " sagas are in flight, the bound of this process: try later");
    }
  }

  /** As many places as are free, at most {@code wanted}. */
  int enterUpTo(int wanted) {
    int got = 0;
    while (got < wanted && places.tryAcquire()) {
      got++;
    }
    return got;
  }

  void leave() {
    places.release();
  }

  void leave(int count) {
    places.release(count);
  }

  int taken() {
    return size - places.availablePermits();
  }

  /** Waits until nothing is in flight; false if the time ran out. */
  boolean awaitEmpty(java.time.Duration limit) {
    try {
      if (places.tryAcquire(size, limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        places.release(size);
        return true;
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
