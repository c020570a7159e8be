package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.saga.StepResult;
import org.jspecify.annotations.Nullable;

/** A call on its way: it waits for a place and a thread, runs, and may outlive its time-out. */
final class PendingCall<D> extends LimitedCall<D> {
  private final CallListener<D> listener;
  private final Bulkhead bulkhead;
  private final CallContext context;
  private volatile Deadlines.@Nullable Deadline deadline;
  private @Nullable Thread thread;

  PendingCall(
      CallRequest<D> request, CallListener<D> listener, Bulkhead bulkhead, CallContext context) {
    super(request);
    this.listener = listener;
    this.bulkhead = bulkhead;
    this.context = context;
  }

  /** Never waits: it is sent, or its listener hears within the request's times. */
  void submit() {
    arm(request.sendBy() - context.nanoTime().getAsLong());
    bulkhead.submit(this);
  }

  /** Sets the alarm; one alarm serves both times and is set again for the rest when it rings. */
  private void arm(long left) {
    long next = Math.min(left, request.timeout().toNanos());
    deadline = context.deadlines().set(next, this::alarmed);
  }

  @Override
  void disarm() {
    Deadlines.Deadline set = deadline;
    if (set != null) {
      context.deadlines().forget(set);
    }
  }

  /** Handles the alarm on the timer's thread, which must not block: work is handed over. */
  private void alarmed() {
    switch (bulkhead.expire(this)) {
      case NOT_YET -> arm(bulkhead.left(this));
      case NOT_SENT -> refuse("no thread was free for the call in time");
      case OVERDUE -> context.followUps().followUp(this::giveUp);
      case NO_MATTER -> {}
    }
  }

  private void giveUp() {
    context.counts().timedOut();
    interrupt();
    bulkhead.startWaiting();
    bulkhead.lookWhetherAway();
    listener.answered(StepResult.unknown("no answer within " + request.timeout()));
  }

  @Override
  void refuse(String why) {
    context.counts().notSent();
    context.followUps().followUp(() -> listener.notSent(why));
  }

  /** Runs inside the library's guard, which catches what a listener throws. */
  @Override
  public void run() {
    if (!bulkhead.begins(this)) {
      return; // it waited for too long for this thread
    }
    Throwable fault = null;
    boolean sent = false;
    StepResult<D> result = null;
    synchronized (this) {
      thread = Thread.currentThread();
    }
    try {
      sent = listener.maySend();
      result = sent ? request.call().call(request.data(), request.context()) : null;
    } catch (Throwable e) {
      fault = e;
    }
    // Here, so that no interruption of the call hits what follows it, or the next call.
    synchronized (this) {
      thread = null;
    }
    Thread.interrupted();
    disarm();
    boolean inTime = bulkhead.ends(this);
    try {
      tell(inTime, sent, result, fault);
    } finally {
      Thread.interrupted();
    }
  }

  private void tell(
      boolean inTime, boolean sent, @Nullable StepResult<D> result, @Nullable Throwable fault) {
    FaultBoundary faults = context.faults();
    if (fault != null) {
      context.counts().threw();
      faults.run(() -> listener.threw(fault));
    }
    StepResult<D> answer = result == null ? unknown(fault) : result;
    if (!inTime) {
      faults.run(() -> listener.late(answer));
      if (fault != null) {
        faults.caught(fault); // in time its listener does that, when it has dealt with it
      }
    } else if (sent || fault != null) {
      listener.answered(answer);
    } else {
      context.counts().notSent();
      listener.notSent("this process could not rely on its lease any more");
    }
  }

  private static <D> StepResult<D> unknown(@Nullable Throwable fault) {
    if (fault == null) {
      return StepResult.unknown("the call returned null");
    }
    return StepResult.unknown(
        fault instanceof InterruptedException ? "interrupted" : described(fault));
  }

  /** Host code may have written {@code getMessage}, too. */
  private static String described(Throwable fault) {
    String type = fault.getClass().getName();
    try {
      return type + ": " + fault.getMessage();
    } catch (Throwable e) {
      return type + " (and its message cannot be read: " + e.getClass().getName() + ")";
    }
  }

  /** Asks the thread to come back, if it still runs the call. */
  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
