package com.techcorp.saga.internal;

import com.techcorp.saga.StepResult;

/**
 * Hears what became of a remote call: once {@link #notSent} or {@link #answered}, never on the
 * thread that asked for the call, always on one that may block.
 *
 * @param <D> the saga's data
 */
interface CallListener<D> {
  /** Whether the call may still be sent; asked right before, on the thread that makes it. */
  boolean maySend();

  /** The service was not called, and never will be for this request. */
  void notSent(String why);

  /**
   * What the call threw, before {@link #answered} or {@link #late} says that it is unknown. Of a
   * fault in time it is the listener that tells the fault boundary.
   */
  void threw(Throwable fault);

  /**
   * An answer in time, or {@link StepResult.Unknown}: the call threw, or its time-out passed.
   *
   * @param result what the call came to
   */
  void answered(StepResult<D> result);

  /** What came after {@link #answered} had said that there was no answer. */
  void late(StepResult<D> result);
}
