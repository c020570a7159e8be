package com.techcorp.saga.internal;

/**
 * A call as its {@link Bulkhead} sees it: what it asks for, and how far it is. What is not final is
 * guarded by the bulkhead.
 *
 * @param <D> the saga's data
 */
abstract class LimitedCall<D> implements Runnable {
  /** How far a call is. */
  enum State {
    /** Asked for, and in no queue yet. */
    NEW,
    /** There is no place for it. */
    WAITING,
    /** The call has a permit, and its thread has not begun. */
    PLACED,
    /** The service is being called. */
    RUNNING,
    /**
     * The service is still being called, and the time-out has passed: the listener got no answer.
     */
    OVERDUE,
    /** It came back, or was never sent. */
    ENDED
  }

  final CallRequest<D> request;
  State state = State.NEW;
  long began;
  long overdueSince;
  String threadName = "";

  LimitedCall(CallRequest<D> request) {
    this.request = request;
  }

  /** Its alarm does not ring any more. */
  abstract void disarm();

  /** Its listener hears on another thread that it was not sent. */
  abstract void refuse(String why);
}
