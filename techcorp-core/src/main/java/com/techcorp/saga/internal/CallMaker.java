package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteStep;

/** Makes the calls of steps, and knows whether one may still be sent. Thread-safe. */
interface CallMaker {
  /**
   * Returns whether a call may be sent: it may have waited for longer than the lease, or its row,
   * is sure.
   */
  boolean maySend(HeldSaga<?> held);

  /** Notes that the call is on its way now. */
  void isCalling(HeldSaga<?> held, RemoteStep<?> step);

  /**
   * Sends the step's forward call, while this process surely has its lease.
   *
   * @param sendBy by when; of a call that a look said never arrived, the time of that look
   */
  <D> void sendWhileLeased(HeldSaga<D> held, LiveSaga<D> saga, long sendBy);
}
