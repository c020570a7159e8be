package com.techcorp.saga.internal;

import com.techcorp.error.Overloaded;
import com.techcorp.saga.CommandLane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The bound on sagas that this process holds in memory. */
final class InFlight {
  private final Semaphore places;
  private final AtomicInteger reserved = new AtomicInteger();
  private final int size;
  private volatile @Nullable CompletableFuture<Void> empty;

  InFlight(int size) {
    this.size = size;
    this.places = new Semaphore(size);
  }

  int size() {
    return size;
  }

  /** A place for what begins, or a typed refusal at once. */
  Taken enter() {
    if (!places.tryAcquire()) {
      throw new Overloaded(size + " sagas are in flight, the bound of this process: try later");
    }
    return new Taken();
  }

  /** One place, given back by whoever holds it last. */
  final class Taken implements CommandLane.Place {
    private final AtomicBoolean held = new AtomicBoolean(true);

    /** Takes it over from whoever entered: {@link #leave} gives it back. False if that was done. */
    boolean takeAlong() {
      return held.compareAndSet(true, false);
    }

    @Override
    public void close() {
      if (takeAlong()) {
        leave();
      }
    }
  }

  /**
   * Sets aside half of the places that are free, at most {@code wanted}, for sagas still to be
   * claimed. Not all: who comes while the storage is asked is not to be refused for sagas that may
   * not even be there.
   */
  int reserve(int wanted) {
    int share = Math.min(wanted, (places.availablePermits() + 1) / 2);
    int got = 0;
    while (got < share && places.tryAcquire()) {
      got++;
    }
    reserved.addAndGet(got);
    return got;
  }

  /** Of the places set aside so many are taken; the others are free again. */
  void settle(int setAside, int taken) {
    reserved.addAndGet(-setAside);
    places.release(setAside - taken);
    tellWhenEmpty();
  }

  void leave() {
    places.release();
    tellWhenEmpty();
  }

  private void tellWhenEmpty() {
    CompletableFuture<Void> waited = empty;
    if (waited != null && places.availablePermits() == size) {
      waited.complete(null);
    }
  }

  int taken() {
    return Math.max(0, size - places.availablePermits() - reserved.get());
  }

  /** Done once nothing is in flight; for a drain, after which nothing enters. */
  CompletableFuture<Void> empty() {
    CompletableFuture<Void> waited = new CompletableFuture<>();
    empty = waited;
    if (places.availablePermits() == size) {
      waited.complete(null);
    }
    return waited;
  }
}
