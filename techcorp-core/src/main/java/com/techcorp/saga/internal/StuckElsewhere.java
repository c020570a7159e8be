package com.techcorp.saga.internal;

import com.techcorp.saga.spi.SagaJournal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at all live sagas, and releases what other processes are stuck on, or what
 * this one does not know that it owns. All but the count belongs to the watchdog's thread.
 */
final class StuckElsewhere {
  private static final Logger log = LoggerFactory.getLogger(StuckElsewhere.class);
  private static final int AT_ONCE = 1_000;
  private static final int SHOWN = 20;

  private final SagaJournal journal;
  private final Ownership ownership;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private final AtomicLong released = new AtomicLong();
  private volatile Runnable whenReleased = () -> {};
  private long lookAt;

  StuckElsewhere(SagaJournal journal, Ownership ownership, Duration lease, LongSupplier nanoTime) {
    this.journal = journal;
    this.ownership = ownership;
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  /** Begins; calls {@code onReleased} when a saga that it released is due. */
  void start(Runnable onReleased) {
    whenReleased = onReleased;
    lookAt = nanoTime.getAsLong() + lease.toNanos();
  }

  /** Once in a lease, and not right after an outage, when everyone's sagas are late. */
  void release() {
    long now = nanoTime.getAsLong();
    if (now - lookAt < 0 || !ownership.mayTakeOver()) {
      return;
    }
    lookAt = now + lease.toNanos();
    List<UUID> freed = journal.releaseStuck(AT_ONCE);
    if (!freed.isEmpty()) {
      released.addAndGet(freed.size());
      log.warn(
          "{} sagas were past the time by which their nodes must move them, and are released: {}",
          freed.size(),
          freed.subList(0, Math.min(SHOWN, freed.size())));
      whenReleased.run();
    }
  }

  /** Returns how many it released since the start. */
  long released() {
    return released.get();
  }
}
