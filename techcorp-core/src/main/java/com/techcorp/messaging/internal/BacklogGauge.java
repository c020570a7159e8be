package com.techcorp.messaging.internal;

import com.techcorp.messaging.Outbox;
import com.techcorp.messaging.RelayOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What waits in the outbox, measured now and then: once a second, and never for more than about a
 * fiftieth of the time, because counting costs the storage more the more there is.
 */
final class BacklogGauge {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Outbox outbox;
  private final RelayOptions options;
  private final LongSupplier nanoTime;
  private volatile Outbox.Backlog last = new Outbox.Backlog(0, Duration.ZERO);
  private long nextAt;

  BacklogGauge(Outbox outbox, RelayOptions options, LongSupplier nanoTime) {
    this.outbox = outbox;
    this.options = options;
    this.nanoTime = nanoTime;
    this.nextAt = nanoTime.getAsLong();
  }

  void measureIfDue() {
    if (nanoTime.getAsLong() - nextAt >= 0) {
      measure();
    }
  }

  Outbox.Backlog measure() {
    long before = nanoTime.getAsLong();
    nextAt = before + EVERY_NANOS;
    Outbox.Backlog now = outbox.backlog();
    long after = nanoTime.getAsLong();
    nextAt = after + Math.max(EVERY_NANOS, 50 * (after - before));
    last = now;
    return now;
  }

  Outbox.Backlog last() {
    return last;
  }

  boolean overfull() {
    Outbox.Backlog now = last;
    return now.events() > options.maxEvents() || now.age().compareTo(options.maxAge()) > 0;
  }
}
