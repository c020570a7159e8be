package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.EventStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the bus answers: how often it did not take an event, and whether it takes any at all. */
final class BusHealth {
  private static final Logger log = LoggerFactory.getLogger(BusHealth.class);

  private final RateLimitedLog limitedLog;
  private final FaultBoundary faults;
  private final Runnable onBack;
  private final AtomicLong refusals = new AtomicLong();
  private volatile boolean away;

  /**
   * @param onBack called when the bus takes events again
   */
  BusHealth(RateLimitedLog limitedLog, FaultBoundary faults, Runnable onBack) {
    this.limitedLog = limitedLog;
    this.faults = faults;
    this.onBack = onBack;
  }

  void took() {
    if (away) {
      away = false;
      log.info("The event bus takes events again");
      onBack.run();
    }
  }

  void refused() {
    refusals.incrementAndGet();
  }

  /** Nothing that a bus or its consumers throw ends the relay. */
  void refused(EventStream stream, Throwable failure) {
    refused();
    Throwable cause = failure.getCause();
    Throwable why = failure instanceof CompletionException && cause != null ? cause : failure;
    if (!(why instanceof UnavailableException)) {
      limitedLog.about("Publishing an event of " + stream + " failed", why);
      faults.caught(why);
    } else if (!away) {
      away = true;
      log.warn(
          "The event bus takes nothing for now, events wait in the outbox: {}", why.getMessage());
    }
  }

  /** Counts the events that were offered and not taken. */
  long refusals() {
    return refusals.get();
  }

  /** Returns whether the bus takes nothing at all for now. */
  boolean isAway() {
    return away;
  }
}
