package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.Outbox;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the outbox and the consumers' backlogs: about once a second, and never for more than
 * about a hundredth of the time, because counting costs the storage more the more there is. It has
 * a thread of its own, so that it stays correct while nothing can be published; it also checks
 * whether the relay's threads return.
 */
final class BacklogGauge implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BacklogGauge.class);
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Outbox outbox;
  private final ConsumerBacklog consumers;
  private final RelayOptions options;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final RelayWatch watch;
  private final RateLimitedLog limitedLog;
  private volatile Backlog last = Backlog.NONE;

  BacklogGauge(
      Outbox outbox,
      ConsumerBacklog consumers,
      RelayOptions options,
      RelayWatch watch,
      FaultBoundary faults,
      Threads threads) {
    this.watch = watch;
    this.faults = faults;
    this.outbox = outbox;
    this.consumers = consumers;
    this.options = options;
    this.threads = threads;
    this.timer = threads.timer("techcorp-backlog-gauge", 1);
    this.limitedLog = new RateLimitedLog(log, threads::nanoTime);
  }

  void start() {
    timer.execute(this::measureAndGoOn);
  }

  private void measureAndGoOn() {
    long next = EVERY_NANOS;
    try {
      next = Math.max(EVERY_NANOS, 100 * measure());
    } catch (Throwable e) {
      limitedLog.about("What waits to be delivered cannot be measured", e);
      faults.caught(e);
    } finally {
      timer.schedule(this::measureAndGoOn, next, TimeUnit.NANOSECONDS);
    }
  }

  /** Returns how long it took, in nanoseconds. */
  long measure() {
    long before = threads.nanoTime();
    watch.check();
    Outbox.Backlog waiting = outbox.backlog();
    last = new Backlog(waiting.events(), waiting.age(), consumers.waiting());
    return threads.nanoTime() - before;
  }

  Backlog last() {
    return last;
  }

  boolean overfull() {
    Backlog now = last;
    return now.events() > options.maxEvents() || now.age().compareTo(options.maxAge()) > 0;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
