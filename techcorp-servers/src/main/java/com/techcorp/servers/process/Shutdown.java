package com.techcorp.servers.process;

import java.time.Duration;

/** Ends server processes in order, where the platform has signals. */
public final class Shutdown {
  private Shutdown() {}

  /**
   * Asks a process to end, also a frozen one, and kills it when it does not within the limit.
   *
   * @param signal the name of the signal that asks
   * @param process the process, which may have ended already
   * @param limit how long it may take
   */
  public static void by(String signal, OsProcess process, Duration limit) {
    if (!process.isAlive()) {
      return;
    }
    signalUnlessEnded(process, signal);
    signalUnlessEnded(process, "CONT");
    awaitEnd(process, limit);
  }

  /**
   * Kills a process that was asked to end and does not within the limit.
   *
   * @param process the process
   * @param limit how long it may take
   */
  public static void awaitEnd(OsProcess process, Duration limit) {
    if (!process.endsWithin(limit)) {
      process.killAndAwaitChildren();
    }
  }

  private static void signalUnlessEnded(OsProcess process, String signal) {
    try {
      process.signal(signal);
    } catch (IllegalStateException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
  }
}
