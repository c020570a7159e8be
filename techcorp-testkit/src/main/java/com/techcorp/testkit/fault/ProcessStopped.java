package com.techcorp.testkit.fault;

/**
 * The simulated process has stopped at a crossing. An error, so that nothing of the stopped process
 * takes it for a failure to be handled.
 */
public final class ProcessStopped extends Error {
  private static final long serialVersionUID = 1L;

  ProcessStopped(String where) {
    super("the process stopped " + where, null, false, false);
  }
}
