package com.techcorp.testkit.fault;

import com.techcorp.TechCorp;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.testkit.SteppedThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process of a play whose threads may block, and the client that calls it. */
final class LivingProcess {
  /** Longer than the lease, and than a lease and the call before it. */
  private static final Duration STALL = EngineOptions.DEFAULT.lease().multipliedBy(3);

  private final CrashScenario scenario;
  private final Faults faults;
  private final SteppedThreads threads;
  private @Nullable TechCorp running;
  private @Nullable Throwable failure;
  private int attempts;
  private boolean acting;
  private boolean acted;
  private boolean stalled;
  private boolean closing;
  private boolean hangsInClose;

  LivingProcess(CrashScenario scenario, Faults faults) {
    this.scenario = scenario;
    this.faults = faults;
    this.threads = SteppedThreads.holdable(scenario.clock()).decoratedBy(faults::around);
    faults.whenHeld(this::hold).whenStopped(threads::stop);
  }

  private void hold(Fault fault) {
    if (fault == Fault.HANG) {
      hangsInClose = closing;
      threads.hold(() -> false);
      return;
    }
    Instant until = scenario.clock().now().plus(STALL);
    stalled = true;
    threads.hold(() -> !scenario.clock().now().isBefore(until));
    stalled = false;
  }

  /** Runs all tasks that are due without letting time pass. */
  void step() {
    if (!acted && !acting) {
      acting = true;
      threads.call(this::act);
    }
    run();
    if (failure != null) {
      throw new AssertionError("the client got " + failure, failure);
    }
  }

  void run() {
    threads.run();
  }

  /**
   * Acts as a client that repeats its call until it has an answer, and as the host that starts
   * first.
   */
  private void act() {
    try {
      if (running == null) {
        running = scenario.start(threads, faults);
      }
      scenario.act(running, threads);
      acted = true;
    } catch (UnavailableException | StepFailedException e) {
      again(e);
    } catch (Throwable e) {
      if (!faults.stopped()) {
        again(e);
      }
    } finally {
      acting = false;
    }
  }

  /** An error must be the injected one: any other is a finding. */
  private void again(Throwable fault) {
    boolean expected =
        fault instanceof UnavailableException
            || fault instanceof StepFailedException
            || String.valueOf(fault.getMessage()).startsWith("injected");
    if (!expected || ++attempts == Pace.CLIENT_ATTEMPTS) {
      failure = fault;
    }
  }

  boolean hasActed() {
    return acted;
  }

  /** Returns whether a thread stands still that will go on. */
  boolean isStalled() {
    return stalled;
  }

  /**
   * Retries, as an operator, sagas that a fatal error or a defect has parked, once it is mended.
   */
  boolean retriesWhatIsParked() {
    return running != null && faults.aside(this::retryWhatIsParked);
  }

  private boolean retryWhatIsParked() {
    TechCorp open = running;
    if (open == null) {
      return false;
    }
    SagaAdmin admin = open.admin();
    List<SagaInstance> parked = admin.list(SagaFilter.parked(100));
    threads.call(
        () ->
            parked.forEach(
                saga -> admin.retry(saga.id(), "the sweep", "what was injected is over")));
    return !parked.isEmpty();
  }

  /** Begins to close; {@link #isClosing} until it has. */
  void close() {
    TechCorp open = running;
    if (open != null) {
      closing = true;
      threads.call(
          () -> {
            open.close(Duration.ZERO);
            closing = false;
          });
    }
  }

  /** Returns whether the process is closing; one that hangs there gets no further. */
  boolean isClosing() {
    return closing && !hangsInClose;
  }

  /** Whatever still stands still ends, and reaches nothing any more. */
  void end() {
    faults.stopNow();
    threads.stop();
  }
}
