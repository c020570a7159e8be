package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.internal.FaultLog;
import com.techcorp.saga.RemoteStep;

/**
 * Reports exceptions of steps' code: logs them without secrets and not too often, and informs the
 * node.
 *
 * @param boundary hears of every fault
 * @param log bounds the lines of one kind
 */
record StepFaults(FaultBoundary boundary, FaultLog log) {
  /** A step's own code failed while the saga decided. */
  void failed(LiveSaga<?> saga, String step, Throwable why, TokenRedaction redaction) {
    log.warn("Step " + step + " of saga " + saga.id() + " failed", step, why, redaction);
  }

  /**
   * Handles the exception of a call. Logs the first time and the last; the attempts tell how often
   * in between.
   */
  void threw(LiveSaga<?> saga, RemoteStep<?> step, Throwable fault) {
    int attempt = saga.attempt() + 1;
    if (attempt == 1 || step.retryPolicy().exhausted(attempt)) {
      String what = "Step " + step.name() + " of saga " + saga.id() + " threw, attempt " + attempt;
      log.warn(what, step.name(), fault, HostTexts.redaction(saga));
    }
  }

  void caught(Throwable fault) {
    boundary.caught(fault);
  }
}
