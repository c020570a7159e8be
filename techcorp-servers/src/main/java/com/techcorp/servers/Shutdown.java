package com.techcorp.servers;

import com.techcorp.servers.process.OsProcess;
import java.time.Duration;

/** Ends server processes in order, where the platform has signals. */
final class Shutdown {
  private Shutdown() {}

  /** Asks a process to end, also a frozen one, and kills it when it does not within the limit. */
  static void by(String signal, OsProcess process, Duration limit) {
    if (!process.isAlive()) {
      return;
    }
    signalUnlessEnded(process, signal);
    signalUnlessEnded(process, "CONT");
    awaitEnd(process, limit);
  }

  /** Kills a process that was asked to end and does not within the limit. */
  static void awaitEnd(OsProcess process, Duration limit) {
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
