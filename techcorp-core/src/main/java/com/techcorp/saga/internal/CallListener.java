package com.techcorp.saga.internal;

import com.techcorp.saga.StepResult;

/**
 * Hears what became of a remote call: once {@link #notSent} or {@link #answered}, never on the
 * thread that asked for the call, always on one that may block.
 *
 * @param <D> the saga's data
 */
interface CallListener<D> {
  /**
   * Returns whether the call may still be sent; asked right before sending, on the sending thread.
   */
  boolean maySend();

  /** The service was not called, and never will be for this request. */
  void notSent(String why);

  /**
   * Receives the call's exception, before {@link #answered} or {@link #late} reports an unknown
   * result. The listener reports a fault in time to the fault boundary.
   */
  void threw(Throwable fault);

  /**
   * An answer in time, or {@link StepResult.Unknown}: the call threw, or its time-out passed.
   *
   * @param result what the call came to
   */
  void answered(StepResult<D> result);

  /** Receives a result that came after {@link #answered} had reported that there was none. */
  void late(StepResult<D> result);
}
