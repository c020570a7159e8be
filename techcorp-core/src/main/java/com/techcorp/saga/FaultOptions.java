package com.techcorp.saga;

import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * What a node does about fatal errors, and how much it logs of faults. Immutable; each {@code with}
 * method returns a changed copy.
 *
 * @param maxRestarts how often a node hands over what it owns and registers as a new node after a
 *     fatal error (an {@link OutOfMemoryError} or an {@link InternalError}), within {@code
 *     restartWindow}; after one more it stays down. Default 3
 * @param restartWindow the time within which restarts count; default 10 minutes
 * @param logsPerMinute faults logged each minute for one class of exception and step; the rest are
 *     counted. Default 10
 */
public record FaultOptions(int maxRestarts, Duration restartWindow, int logsPerMinute) {
  /** The defaults named above. */
  public static final FaultOptions DEFAULT = new FaultOptions(3, Duration.ofMinutes(10), 10);

  /** Checks the values. */
  public FaultOptions {
    require(maxRestarts >= 0, "maxRestarts must not be negative, was " + maxRestarts);
    require(
        !restartWindow.isNegative() && !restartWindow.isZero(),
        "restartWindow must be positive, was " + restartWindow);
    require(logsPerMinute >= 1, "logsPerMinute must be at least 1, was " + logsPerMinute);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("faults: " + problem);
    }
  }

  /**
   * With another bound of restarts.
   *
   * @param restarts how many within the window, at least 0
   * @param window the time within which they count, positive
   * @return a changed copy
   */
  public FaultOptions withRestarts(int restarts, Duration window) {
    return new FaultOptions(restarts, window, logsPerMinute);
  }

  /**
   * With another bound of log lines.
   *
   * @param lines at least 1
   * @return a changed copy
   */
  public FaultOptions withLogsPerMinute(int lines) {
    return new FaultOptions(maxRestarts, restartWindow, lines);
  }
}
