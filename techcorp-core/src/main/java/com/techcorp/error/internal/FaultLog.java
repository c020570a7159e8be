package com.techcorp.error.internal;

import com.techcorp.error.TokenRedaction;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs faults with their stacks, up to a number each minute for one class of exception in one step,
 * and counts the rest. Thread-safe.
 */
public final class FaultLog {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Kinds remembered at once; a kind beyond it is only counted. */
  private static final int MAX_KINDS = 1_000;

  private final Logger log;
  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<Kind, Window> windows = new HashMap<>();
  private long logged;
  private long suppressed;

  private record Kind(Class<?> fault, String step) {}

  private static final class Window {
    final long began;
    int logged;
    long suppressed;

    Window(long began) {
      this.began = began;
    }
  }

  /**
   * Nothing was logged yet.
   *
   * @param log where to
   * @param perMinute lines of one kind a minute
   * @param nanoTime a monotonic time in nanoseconds
   */
  public FaultLog(Logger log, int perMinute, LongSupplier nanoTime) {
    this.log = log;
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /**
   * Logs a fault at WARN, with its stack, unless too many of its kind were logged.
   *
   * @param what what failed, for operators: names the order or saga; one line, without secrets
   * @param step where it failed
   * @param fault what was thrown
   * @param redaction removes what must not be seen
   */
  public void warn(String what, String step, Throwable fault, TokenRedaction redaction) {
    long before = admitted(new Kind(fault.getClass(), step));
    if (before < 0) {
      return;
    }
    String more = before == 0 ? "" : " (" + before + " more of this kind were not logged)";
    log.warn("{}{}", what, more, redaction.safe(fault));
  }

  /** Returns how many of this kind were suppressed since the last line; -1: this one is too. */
  private synchronized long admitted(Kind kind) {
    long now = nanoTime.getAsLong();
    Window window = windows.get(kind);
    if (window == null || now - window.began >= WINDOW_NANOS) {
      long before = window == null ? 0 : window.suppressed;
      if (window == null && windows.size() >= MAX_KINDS) {
        windows.values().removeIf(old -> now - old.began >= WINDOW_NANOS);
      }
      if (windows.size() >= MAX_KINDS) {
        suppressed++;
        return -1;
      }
      Window fresh = new Window(now);
      fresh.logged = 1;
      windows.put(kind, fresh);
      logged++;
      return before;
    }
    if (window.logged >= perMinute) {
      window.suppressed++;
      suppressed++;
      return -1;
    }
    window.logged++;
    logged++;
    return 0;
  }

  /**
   * Returns how many faults were logged.
   *
   * @return a count that only grows
   */
  public synchronized long logged() {
    return logged;
  }

  /**
   * Returns how many faults were only counted.
   *
   * @return a count that only grows
   */
  public synchronized long suppressed() {
    return suppressed;
  }
}
