package com.techcorp.messaging.internal;

import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs failures of a loop that goes on: once a second at the most. Thread-safe. */
final class RateLimitedLog {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final LongSupplier nanoTime;
  private long quietUntil;
  private long suppressed;

  RateLimitedLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.quietUntil = nanoTime.getAsLong();
  }

  synchronized void about(String what, String reason) {
    if (isQuiet()) {
      return;
    }
    log.warn("{}, will be repeated ({} more not logged): {}", what, suppressed, reason);
    suppressed = 0;
  }

  private boolean isQuiet() {
    long now = nanoTime.getAsLong();
    if (now - quietUntil < 0) {
      suppressed++;
      return true;
    }
    quietUntil = now + PAUSE_NANOS;
    return false;
  }

  synchronized void about(String what, Throwable failure) {
    if (isQuiet()) {
      return;
    }
    String reason = Reasons.of(failure);
    if (failure instanceof TechCorpException) {
      log.warn("{}, will be repeated ({} more not logged): {}", what, suppressed, reason);
    } else {
      log.error(
          "{}, will be repeated ({} more not logged)",
          what,
          suppressed,
          TokenRedaction.NONE.safe(failure));
    }
    suppressed = 0;
  }
}
