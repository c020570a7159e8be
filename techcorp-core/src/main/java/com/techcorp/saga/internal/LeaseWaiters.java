package com.techcorp.saga.internal;

import com.techcorp.error.TechCorpException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Works that wait until this process has a lease again. They hold no thread, and their number is
 * bounded by what may be in flight. Thread-safe.
 */
final class LeaseWaiters implements AutoCloseable {
  private final Ownership ownership;
  private final Duration limit;
  private final ScheduledExecutorService timer;
  private final IdentityHashMap<PendingCommit, TechCorpException> waiting = new IdentityHashMap<>();
  private boolean closed;

  /**
   * @param limit how long one waits: as long as a caller does
   * @param timer fails what waits for too long
   */
  LeaseWaiters(Ownership ownership, Duration limit, ScheduledExecutorService timer) {
    this.ownership = ownership;
    this.limit = limit;
    this.timer = timer;
  }

  /**
   * Runs {@code then} once there is a lease, on a thread that must not be held; or fails the item
   * with {@code why} if that takes too long. Never both.
   */
  void await(PendingCommit item, Runnable then, TechCorpException why) {
    if (!add(item, why)) {
      item.settled().completeExceptionally(why);
      return;
    }
    timer.schedule(() -> fail(item), limit.toMillis(), TimeUnit.MILLISECONDS);
    ownership
        .leased()
        .thenRun(
            () -> {
              if (remove(item) != null) {
                then.run();
              }
            });
  }

  private synchronized boolean add(PendingCommit item, TechCorpException why) {
    if (!closed) {
      waiting.put(item, why);
    }
    return !closed;
  }

  private synchronized @Nullable TechCorpException remove(PendingCommit item) {
    return waiting.remove(item);
  }

  private void fail(PendingCommit item) {
    TechCorpException why = remove(item);
    if (why != null) {
      item.settled().completeExceptionally(why);
    }
  }

  /** Fails what waits, and from now on whatever comes. */
  @Override
  public void close() {
    List<PendingCommit> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting.keySet());
    }
    left.forEach(this::fail);
  }
}
