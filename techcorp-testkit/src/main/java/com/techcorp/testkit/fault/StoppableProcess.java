package com.techcorp.testkit.fault;

import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.testkit.SteppedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process of a play that a fault may stop, and the client that calls it. */
final class StoppableProcess {
  private final CrashScenario scenario;
  private final Faults faults;
  private final SteppedThreads threads;
  private @Nullable TechCorp running;

  StoppableProcess(CrashScenario scenario, Faults faults) {
    this.scenario = scenario;
    this.faults = faults;
    this.threads = SteppedThreads.on(scenario.clock());
    faults.whenStopped(threads::stop);
  }

  /** False if the process stopped. */
  boolean actAndSettle() {
    return unlessStopped(
        () -> {
          start();
          act();
          waitUntilSettled();
          close();
        });
  }

  boolean settle() {
    return unlessStopped(
        () -> {
          start();
          waitUntilSettled();
          close();
        });
  }

  private boolean unlessStopped(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      if (!faults.stopped()) {
        throw e;
      }
    }
    return !faults.stopped();
  }

  /** Starts a process as a host does: again until its database answers. */
  private void start() {
    for (int attempt = 1; running == null; attempt++) {
      try {
        running = scenario.start(threads, faults);
      } catch (UnavailableException e) {
        if (attempt == Pace.CLIENT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void act() {
    for (int attempt = 1; ; attempt++) {
      try {
        scenario.act(Objects.requireNonNull(running), threads);
        return;
      } catch (UnavailableException e) {
        if (attempt == Pace.CLIENT_ATTEMPTS) {
          throw e;
        }
        pass();
      }
    }
  }

  private void waitUntilSettled() {
    Duration waited = Duration.ZERO;
    pass();
    while (!faults.stopped() && !scenario.settled()) {
      if (waited.compareTo(Pace.PATIENCE) > 0) {
        throw new AssertionError("not settled after " + Pace.PATIENCE);
      }
      pass();
      waited = waited.plus(Pace.STEP);
    }
  }

  private void pass() {
    threads.run();
    scenario.clock().advance(Pace.STEP);
    threads.run();
  }

  List<FaultPoint> crossings() {
    return faults.crossings();
  }

  /** Delivers calls of the process that are still on their way. */
  void arriveAll() {
    faults.arriveAll();
  }

  private void close() {
    TechCorp open = Objects.requireNonNull(running);
    open.close(Duration.ZERO);
  }
}
