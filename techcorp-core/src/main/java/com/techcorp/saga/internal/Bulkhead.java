package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.internal.Invariants;
import com.techcorp.health.Finding;
import com.techcorp.saga.internal.LimitedCall.State;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the calls to one service: up to a limit run at once, the others wait for a permit. A call
 * that outlives its time-out gives its place to another although its thread has not come back; more
 * of these than there are places, and the service counts as away until enough of them have
 * returned. What waits is bounded by the engine's bound on sagas in flight. Thread-safe.
 */
final class Bulkhead {
  private static final Logger log = LoggerFactory.getLogger(Bulkhead.class);

  private final String service;
  private final CallPlaces places;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final FaultBoundary faults;
  private final CallQueue waiting = new CallQueue();
  private final StuckCalls stuck;
  private int running;

  /** The results of a call's alarm. */
  enum Expired {
    /** The call has time left. */
    NOT_YET,
    /** It waited for too long, and is not sent any more. */
    NOT_SENT,
    /** The call runs on; its listener waits no longer. */
    OVERDUE,
    /** It has ended meanwhile. */
    NO_MATTER
  }

  Bulkhead(
      String service,
      CallPlaces places,
      Executor executor,
      LongSupplier nanoTime,
      FaultBoundary faults) {
    this.service = service;
    this.places = places;
    this.stuck = new StuckCalls(service, places.most());
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.faults = faults;
  }

  /** Gives it a place and a thread, or lets it wait for a place, or refuses it. Never waits. */
  void submit(LimitedCall<?> call) {
    boolean placed;
    String refusal = null;
    synchronized (this) {
      if (call.state != State.NEW) {
        return; // its deadline came first, and its alarm notifies the listener
      }
      placed = waiting.isEmpty() && !stuck.areTooMany() && places.take(running);
      if (placed) {
        place(call);
      } else if (stuck.areTooMany()) {
        call.state = State.ENDED;
        refusal = stuck.away();
      } else {
        call.state = State.WAITING;
        waiting.add(call);
      }
    }
    if (placed) {
      start(call);
    } else if (refusal != null) {
      call.disarm();
      call.refuse(refusal);
    } else {
      startWaiting();
    }
  }

  private void place(LimitedCall<?> call) {
    running++;
    check();
    call.state = State.PLACED;
  }

  private void start(LimitedCall<?> call) {
    try {
      executor.execute(call);
    } catch (Throwable e) {
      refused(call, e);
    }
  }

  /** Starts waiting calls while permits and threads are free. */
  void startWaiting() {
    for (LimitedCall<?> next = takeNext(); next != null; next = takeNext()) {
      start(next);
    }
  }

  private synchronized @Nullable LimitedCall<?> takeNext() {
    if (waiting.isEmpty() || stuck.areTooMany() || !places.take(running)) {
      return null;
    }
    LimitedCall<?> next = waiting.removeNext();
    place(next);
    return next;
  }

  private void refused(LimitedCall<?> call, Throwable why) {
    if (withdraw(call)) {
      call.disarm();
      call.refuse("no thread for the call: " + why);
    }
    faults.caught(why);
  }

  /** Right before it is sent; false if that is no longer wanted. */
  synchronized boolean begins(LimitedCall<?> call) {
    if (call.state != State.PLACED) {
      return false;
    }
    call.state = State.RUNNING;
    call.began = nanoTime.getAsLong();
    call.threadName = Thread.currentThread().getName();
    return true;
  }

  /**
   * Ends a call that came back and gives its place to the next. It takes the lock once for all of
   * that: calls that wait for the lock make the pool add threads.
   *
   * @return whether its listener still waits
   */
  boolean ends(LimitedCall<?> call) {
    boolean inTime;
    LimitedCall<?> next;
    boolean turned;
    synchronized (this) {
      inTime = call.state == State.RUNNING;
      if (!inTime && call.state != State.OVERDUE) {
        throw new IllegalStateException(
            "a call to " + service + " came back, and is " + call.state);
      }
      call.state = State.ENDED;
      if (inTime) {
        leave();
      } else {
        stuck.remove(call);
      }
      next = takeNext();
      turned = stuck.turned();
    }
    if (next != null) {
      start(next);
      startWaiting();
    }
    if (turned) {
      lookWhetherAway();
    }
    return inTime;
  }

  private synchronized boolean withdraw(LimitedCall<?> call) {
    State was = call.state;
    if (was == State.RUNNING || was == State.OVERDUE || was == State.ENDED) {
      return false;
    }
    call.state = State.ENDED;
    if (was == State.PLACED) {
      leave();
    } else if (was == State.WAITING) {
      waiting.remove(call);
    }
    return true;
  }

  private void leave() {
    running--;
    check();
    places.give(running);
  }

  private void check() {
    Invariants.within("running calls", running, 0, places.most());
  }

  /** How much time a call has left, to be sent or to return; not positive if none. */
  synchronized long left(LimitedCall<?> call) {
    long until =
        call.state == State.RUNNING
            ? call.began + call.request.timeout().toNanos()
            : call.request.sendBy();
    return until - nanoTime.getAsLong();
  }

  /** Looks at a call whose alarm went off. */
  synchronized Expired expire(LimitedCall<?> call) {
    if (call.state != State.OVERDUE && call.state != State.ENDED && left(call) > 0) {
      return Expired.NOT_YET;
    }
    if (call.state == State.RUNNING) {
      call.state = State.OVERDUE;
      call.overdueSince = nanoTime.getAsLong();
      leave();
      stuck.add(call);
      return Expired.OVERDUE;
    }
    return withdraw(call) ? Expired.NOT_SENT : Expired.NO_MATTER;
  }

  /** Says so if the service has gone away or has come back; what waits is not kept waiting. */
  void lookWhetherAway() {
    List<LimitedCall<?>> refused = List.of();
    boolean away;
    synchronized (this) {
      if (!stuck.turned()) {
        return;
      }
      away = stuck.tell();
      if (away) {
        refused = waiting.clear();
        refused.forEach(call -> call.state = State.ENDED);
      }
    }
    if (away) {
      log.error("{} until some of them return", away());
    } else {
      log.warn(
          "Calls to {} are made again: enough of those that were stuck have returned", service);
    }
    for (LimitedCall<?> call : refused) {
      call.disarm();
      call.refuse(away());
    }
  }

  /** Returns why nothing is sent to a service that is away. */
  synchronized String away() {
    return stuck.away();
  }

  synchronized List<Finding> findings() {
    return stuck.findings(nanoTime.getAsLong());
  }
}
