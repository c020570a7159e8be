package com.techcorp.testkit.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one process that have crossed a port so far, and which fault happens at which of
 * them. Thread-safe.
 */
final class FaultPlan {
  /** Calls that change nothing, or nothing but how long a lease lasts. */
  static final Set<String> READS =
      Set.of(
          "find",
          "findAll",
          "findByNumber",
          "findCart",
          "findCustomer",
          "list",
          "signals",
          "ended",
          "needed",
          "events",
          "outcomes",
          "ofCustomer",
          "levels",
          "reservations",
          "ofOrder",
          "refunds",
          "undecided",
          "reported",
          "backlog",
          "waiting",
          "waitingIn",
          "oldest",
          "has",
          "dead",
          "lookUp",
          "channel",
          "idempotencyWindow",
          "requestLifetime",
          "callTimeout",
          "ownsAddress",
          "renew",
          "hold");

  private final Map<Integer, Fault> planned = new HashMap<>();
  private final List<FaultPoint> crossings = new ArrayList<>();
  private final Set<String> reads = new HashSet<>(READS);
  private final List<Runnable> late = new ArrayList<>();
  private Runnable whenStopped = () -> {};
  private Consumer<Fault> whenHeld =
      fault -> {
        throw new IllegalStateException(fault + " needs Faults.whenHeld");
      };
  private int version;
  private boolean aside;
  private @Nullable String stoppedAt;

  synchronized void at(int crossing, Fault fault) {
    planned.put(crossing, fault);
  }

  synchronized void reading(String method) {
    reads.add(method);
  }

  synchronized void whenStopped(Runnable action) {
    whenStopped = action;
  }

  synchronized void whenHeld(Consumer<Fault> action) {
    whenHeld = action;
  }

  synchronized List<FaultPoint> crossings() {
    return List.copyOf(crossings);
  }

  synchronized boolean isStopped() {
    return stoppedAt != null;
  }

  synchronized boolean isRead(String method) {
    return reads.contains(method);
  }

  /** Runs an action whose calls are neither counted nor hit by a fault. */
  <T> T aside(Supplier<T> action) {
    aside = true;
    try {
      return action.get();
    } finally {
      aside = false;
    }
  }

  /** Notes a call; the fault that is planned there. */
  synchronized @Nullable Fault enter(String call, boolean reads) {
    if (stoppedAt != null) {
      throw new ProcessStopped(stoppedAt);
    }
    if (aside) {
      return null;
    }
    int index = crossings.size();
    crossings.add(new FaultPoint(index, call, !reads, version));
    return planned.get(index);
  }

  /** The world outside the process is another one now: what the next crossing's version tells. */
  synchronized void changed() {
    version++;
  }

  /** Makes the fault happen instead of a call or before it. */
  void before(Fault fault, String call) {
    switch (fault) {
      case STOP_BEFORE -> throw stop("before " + call);
      case THROW_ERROR -> throw new NoClassDefFoundError("injected before " + call);
      case THROW_OUT_OF_MEMORY -> throw new OutOfMemoryError("injected before " + call);
      case HANG, STALL -> held(fault);
      default -> {}
    }
  }

  /** Lets the calling thread stand still. */
  void held(Fault fault) {
    Consumer<Fault> action;
    synchronized (this) {
      action = whenHeld;
    }
    action.accept(fault);
  }

  /** Stops the process: nothing of it reaches anything any more. */
  ProcessStopped stop(String where) {
    synchronized (this) {
      stoppedAt = where;
    }
    whenStopped.run();
    return new ProcessStopped(where);
  }

  /** Keeps a call that is to arrive late. */
  synchronized void keepLate(Runnable call) {
    late.add(call);
  }

  /** Makes the calls that are to arrive late. */
  void arriveAll() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(late);
      late.clear();
    }
    all.forEach(Runnable::run);
  }
}
