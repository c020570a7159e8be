package com.techcorp.saga.internal;

import com.techcorp.error.OverloadedException;
import com.techcorp.error.internal.Invariants;
import com.techcorp.saga.spi.CommandExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bounds on sagas that this process holds in memory. What begins has places of its own, and so
 * has what is due: however many callers wait for each place that frees, refunds, expiring holds and
 * what another process left go on. Due work also borrows permits that are free at the moment.
 */
final class InFlight {
  private final Semaphore places;
  private final Semaphore dueOnly;
  private final AtomicInteger borrowed = new AtomicInteger();
  private final AtomicInteger reserved = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final int size;
  private final int dueSize;
  private volatile @Nullable CompletableFuture<Void> empty;

  InFlight(int size, int dueSize) {
    this.size = size;
    this.dueSize = dueSize;
    this.places = new Semaphore(size);
    this.dueOnly = new Semaphore(dueSize);
  }

  int size() {
    return size;
  }

  /** Returns a place for what begins, or a typed refusal at once. */
  Taken enter() {
    if (!places.tryAcquire()) {
      refused.incrementAndGet();
      throw new OverloadedException(
          size + " sagas are in flight, the bound of this process: try later");
    }
    return new Taken();
  }

  /** A permit, released by its last holder. */
  final class Taken implements CommandExecutor.Place {
    private final AtomicBoolean held = new AtomicBoolean(true);

    /**
     * Takes it over from the caller that entered: {@link #leave} gives it back. False if that was
     * done.
     */
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
   * Sets aside places for sagas still to be claimed, at most {@code wanted}: those that are for due
   * work alone, and half of the others that are free. Half only: a caller that comes during the
   * query must not be refused for sagas that may not exist.
   */
  int reserve(int wanted) {
    int got = 0;
    while (got < wanted && dueOnly.tryAcquire()) {
      got++;
    }
    int share = Math.min(wanted - got, (places.availablePermits() + 1) / 2);
    for (int i = 0; i < share && places.tryAcquire(); i++) {
      borrowed.incrementAndGet();
      got++;
    }
    reserved.addAndGet(got);
    return got;
  }

  /** Keeps {@code taken} of the reserved permits and releases the rest. */
  void settle(int setAside, int taken) {
    Invariants.within("places taken", taken, 0, setAside);
    Invariants.within("reserved places", reserved.addAndGet(-setAside), 0, size + dueSize);
    for (int i = taken; i < setAside; i++) {
      giveBack();
    }
    tellWhenEmpty();
  }

  /** Releases the permit of a saga that began here. */
  void leave() {
    release(places, size);
    tellWhenEmpty();
  }

  /** Releases the permit of a claimed saga. */
  void leaveDue() {
    giveBack();
    tellWhenEmpty();
  }

  /** Returns borrowed permits first, because new sagas may need them. */
  private void giveBack() {
    int lent = borrowed.get();
    while (lent > 0) {
      if (borrowed.compareAndSet(lent, lent - 1)) {
        release(places, size);
        return;
      }
      lent = borrowed.get();
    }
    release(dueOnly, dueSize);
  }

  private static void release(Semaphore places, int size) {
    places.release();
    Invariants.within("free places in flight", places.availablePermits(), 0, size);
  }

  private boolean isEmpty() {
    return places.availablePermits() == size && dueOnly.availablePermits() == dueSize;
  }

  private void tellWhenEmpty() {
    CompletableFuture<Void> waited = empty;
    if (waited != null && isEmpty()) {
      waited.complete(null);
    }
  }

  int taken() {
    int free = places.availablePermits() + dueOnly.availablePermits();
    return Math.max(0, size + dueSize - free - reserved.get());
  }

  /** Returns how many callers were refused. */
  long refused() {
    return refused.get();
  }

  /** Done once nothing is in flight; for a drain, after which nothing enters. */
  CompletableFuture<Void> empty() {
    CompletableFuture<Void> waited = new CompletableFuture<>();
    empty = waited;
    if (isEmpty()) {
      waited.complete(null);
    }
    return waited;
  }
}
