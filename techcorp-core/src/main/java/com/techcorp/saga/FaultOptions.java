package com.techcorp.saga;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * Options for fatal errors and for the logging of faults. Immutable: each {@code with} method
 * returns a changed copy.
 *
 * @param maxRestarts how often a node hands over what it owns and registers as a new node after a
 *     fatal error (an {@link OutOfMemoryError} or an {@link InternalError}), within {@code
 *     restartWindow}; after one more it stays down. Default 3
 * @param restartWindow the time within which restarts count. Default 10 minutes
 * @param logsPerMinute faults logged each minute for one class of exception and step; the rest are
 *     counted. Default 10
 */
public record FaultOptions(int maxRestarts, Duration restartWindow, int logsPerMinute) {
  /** The defaults named above. */
  public static final FaultOptions DEFAULT = new FaultOptions(3, Duration.ofMinutes(10), 10);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public FaultOptions {
    Require.atLeast("FaultOptions.maxRestarts", maxRestarts, 0);
    Require.positive("FaultOptions.restartWindow", restartWindow);
    Require.atLeast("FaultOptions.logsPerMinute", logsPerMinute, 1);
  }

  /**
   * Changes how often a node starts again within the window before it stays down.
   *
   * @param maxRestarts restarts, at least 0; default 3
   * @return a changed copy
   */
  public FaultOptions withMaxRestarts(int maxRestarts) {
    return new FaultOptions(maxRestarts, restartWindow, logsPerMinute);
  }

  /**
   * Changes the time within which restarts count.
   *
   * @param restartWindow positive; default 10 minutes
   * @return a changed copy
   */
  public FaultOptions withRestartWindow(Duration restartWindow) {
    return new FaultOptions(maxRestarts, restartWindow, logsPerMinute);
  }

  /**
   * Changes how many faults are logged each minute for one class of exception and step.
   *
   * @param logsPerMinute lines, at least 1; default 10
   * @return a changed copy
   */
  public FaultOptions withLogsPerMinute(int logsPerMinute) {
    return new FaultOptions(maxRestarts, restartWindow, logsPerMinute);
  }
}
