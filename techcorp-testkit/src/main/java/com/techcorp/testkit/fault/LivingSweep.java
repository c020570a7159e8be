package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.CrashSweep.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Plays a scenario in which no process stops: at each call that crosses a port, and at the first
 * instruction of each task that the library runs, something is thrown, hangs, or goes on only after
 * the process has lost its lease. What a thread holds when it hangs stays held. The same must be
 * true in the end as without a fault.
 *
 * <p>A process must survive what is thrown by itself; where a thread stands still, another process
 * joins after a minute and may finish the work. What is parked, an operator retries. As in a {@link
 * CrashSweep}, nothing is listed by hand and plays are deterministic.
 */
public final class LivingSweep {
  private static final Duration ALONE = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofMinutes(3);

  private final Supplier<? extends CrashScenario> stories;

  private LivingSweep(Supplier<? extends CrashScenario> stories) {
    this.stories = stories;
  }

  /**
   * Creates a sweep of a scenario.
   *
   * @param stories gives a fresh world for each play
   * @return to be run
   */
  public static LivingSweep of(Supplier<? extends CrashScenario> stories) {
    return new LivingSweep(stories);
  }

  /**
   * Plays without a fault.
   *
   * @return all points of the scenario, those of one crossing side by side
   */
  public List<Point> points() {
    try (CrashScenario scenario = stories.get()) {
      Faults faults = Faults.none();
      LivingProcess process = new LivingProcess(scenario, faults);
      try {
        if (!settles(scenario, List.of(process), ALONE)) {
          throw new AssertionError("without a fault: not settled after " + ALONE);
        }
        close(scenario, process);
      } finally {
        process.end();
      }
      CrashSweep.verify(scenario, "without a fault");
      return points(faults.crossings());
    }
  }

  private static List<Point> points(List<FaultPoint> crossings) {
    List<Point> points = new ArrayList<>();
    for (FaultPoint crossing : CrashSweep.distinct(crossings)) {
      points.add(new Point(crossing, Fault.THROW_ERROR));
      points.add(new Point(crossing, Fault.THROW_OUT_OF_MEMORY));
      if (crossing.mayBlock()) {
        points.add(new Point(crossing, Fault.HANG));
        points.add(new Point(crossing, Fault.STALL));
      }
      if (crossing.mayBlock() && !crossing.isBeginning()) {
        points.add(new Point(crossing, Fault.RETURN_LATE));
      }
    }
    return points;
  }

  /**
   * Plays once with one fault.
   *
   * @param point where and what
   * @throws AssertionError if anything is not as it must be
   */
  public void play(Point point) {
    try (CrashScenario scenario = stories.get()) {
      Faults faults = Faults.none().at(point.crossing().index(), point.fault());
      List<LivingProcess> processes = new ArrayList<>();
      processes.add(new LivingProcess(scenario, faults));
      try {
        play(scenario, point, processes);
        for (LivingProcess process : processes) {
          close(scenario, process);
        }
        CrashSweep.assertSame(point, faults.crossings());
      } catch (RuntimeException | Error e) {
        throw new AssertionError(point + ": " + e, e);
      } finally {
        processes.forEach(LivingProcess::end);
      }
      CrashSweep.verify(scenario, point.toString());
    }
  }

  private static void play(CrashScenario scenario, Point point, List<LivingProcess> processes) {
    boolean recovers = point.fault().throwsError();
    if (settles(scenario, processes, recovers ? Pace.PATIENCE : ALONE)) {
      return;
    }
    if (recovers) {
      throw new AssertionError("the process itself did not settle in " + Pace.PATIENCE);
    }
    LivingProcess heir = new LivingProcess(scenario, Faults.none());
    processes.add(heir);
    finish(scenario, processes);
    if (scenario.mend()) {
      close(scenario, processes.get(0));
      processes.remove(0).end();
      do {
        finish(scenario, processes);
      } while (scenario.mend());
    }
  }

  private static void finish(CrashScenario scenario, List<LivingProcess> processes) {
    if (!settles(scenario, processes, Pace.PATIENCE)) {
      throw new AssertionError("not settled after " + Pace.PATIENCE);
    }
  }

  private static boolean settles(
      CrashScenario scenario, List<LivingProcess> processes, Duration patience) {
    Duration waited = Duration.ZERO;
    pass(scenario, processes);
    while (!isSettled(scenario, processes)) {
      if (waited.compareTo(patience) > 0) {
        return false;
      }
      pass(scenario, processes);
      waited = waited.plus(Pace.STEP);
    }
    return true;
  }

  /** The scenario is asked each time: what its world does by itself, it does there. */
  private static boolean isSettled(CrashScenario scenario, List<LivingProcess> processes) {
    boolean settled = scenario.settled();
    boolean retried = retriesWhatIsParked(processes);
    return settled && !retried && !isAtWork(processes);
  }

  private static boolean isAtWork(List<LivingProcess> processes) {
    return processes.stream().anyMatch(LivingProcess::isStalled)
        || processes.stream().noneMatch(LivingProcess::hasActed);
  }

  private static boolean retriesWhatIsParked(List<LivingProcess> processes) {
    return processes.get(processes.size() - 1).retriesWhatIsParked();
  }

  private static void pass(CrashScenario scenario, List<LivingProcess> processes) {
    processes.forEach(LivingProcess::step);
    scenario.clock().advance(Pace.STEP);
    processes.forEach(LivingProcess::step);
  }

  private static void close(CrashScenario scenario, LivingProcess process) {
    Duration waited = Duration.ZERO;
    process.close();
    while (process.isClosing()) {
      if (waited.compareTo(CLOSING) > 0) {
        throw new AssertionError("not closed after " + CLOSING);
      }
      scenario.clock().advance(Pace.STEP);
      process.run();
      waited = waited.plus(Pace.STEP);
    }
  }
}
