package com.techcorp.testkit.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario once without a fault to find every call that crosses a port, then once more for
 * each of them and each {@link Fault} that makes sense there. After a stop another process takes
 * over, and everything must be true that is true without a fault. Nothing is listed by hand: a new
 * port, or a new call, is swept as soon as the scenario makes it.
 *
 * <p>Two crossings of the same call, with nothing changed outside the process in between, are one
 * point: a stop at either leaves the same world. Plays are deterministic; a crossing that differs
 * from the first play is an error.
 */
public final class CrashSweep {
  private static final int SECOND_WITHIN = 40;
  private static final List<Fault> SECOND =
      List.of(Fault.STOP_BEFORE, Fault.STOP_AFTER, Fault.LOSE_ANSWER, Fault.NOT_WRITTEN);

  private final Supplier<? extends CrashScenario> stories;
  private boolean clientsReturn = true;

  /**
   * A place for a fault.
   *
   * @param crossing where
   * @param fault what
   */
  public record Point(FaultPoint crossing, Fault fault) {
    @Override
    public String toString() {
      return fault + " at #" + crossing.index() + " " + crossing.call();
    }
  }

  private CrashSweep(Supplier<? extends CrashScenario> stories) {
    this.stories = stories;
  }

  /**
   * Creates a sweep of a scenario.
   *
   * @param stories gives a fresh world for each play
   * @return to be run
   */
  public static CrashSweep of(Supplier<? extends CrashScenario> stories) {
    return new CrashSweep(stories);
  }

  /**
   * Clients whose process stopped are gone for good, instead of coming back.
   *
   * @return this
   */
  public CrashSweep clientsGiveUp() {
    clientsReturn = false;
    return this;
  }

  /**
   * Plays without a fault.
   *
   * @return all points of the scenario
   */
  public List<Point> points() {
    try (CrashScenario scenario = stories.get()) {
      StoppableProcess process = new StoppableProcess(scenario, Faults.none());
      process.actAndSettle();
      verify(scenario, "without a fault");
      return points(process.crossings());
    }
  }

  private static List<Point> points(List<FaultPoint> crossings) {
    List<Point> points = new ArrayList<>();
    for (FaultPoint crossing : distinct(crossings)) {
      points.add(new Point(crossing, Fault.STOP_BEFORE));
      points.add(new Point(crossing, Fault.STOP_AFTER));
      if (crossing.writes()) {
        points.add(new Point(crossing, Fault.LOSE_ANSWER));
      }
      if (crossing.call().equals("UnitOfWork.commit")) {
        points.add(new Point(crossing, Fault.ARRIVE_LATE));
        points.add(new Point(crossing, Fault.NOT_WRITTEN));
      }
    }
    return points;
  }

  /**
   * Returns the distinct crossings; two crossings of one call are the same if nothing changed
   * outside the process in between.
   */
  static List<FaultPoint> distinct(List<FaultPoint> crossings) {
    Set<String> seen = new HashSet<>();
    return crossings.stream()
        .filter(crossing -> seen.add(crossing.version() + " " + crossing.call()))
        .toList();
  }

  /**
   * Plays once with one fault.
   *
   * @param point where and what
   * @throws AssertionError if anything is not as it must be
   */
  public void play(Point point) {
    play(point, null);
  }

  /**
   * Plays once with a fault and, in the process that takes over (or in the same one, if it lives),
   * another one.
   *
   * @param point where and what
   * @param random draws the second one
   * @return what the second one was, in words
   * @throws AssertionError if anything is not as it must be
   */
  public String playPair(Point point, SplittableRandom random) {
    return play(point, random);
  }

  private String play(Point point, @Nullable SplittableRandom random) {
    String what = point.toString();
    try (CrashScenario scenario = stories.get()) {
      Faults faults = Faults.none().at(point.crossing().index(), point.fault());
      if (random != null && !point.fault().stops()) {
        what += second(faults, point.crossing().index() + 1, random);
      }
      StoppableProcess first = new StoppableProcess(scenario, faults);
      List<StoppableProcess> all = new ArrayList<>(List.of(first));
      try {
        if (!first.actAndSettle()) {
          Faults again = Faults.none();
          if (random != null) {
            what += second(again, 0, random);
          }
          StoppableProcess heir = new StoppableProcess(scenario, again);
          all.add(heir);
          if (!takeOver(heir)) {
            StoppableProcess last = new StoppableProcess(scenario, Faults.none());
            all.add(last);
            takeOver(last);
          }
        }
        if (random == null) {
          assertSame(point, faults.crossings());
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(what + ": " + e, e);
      }
      all.forEach(StoppableProcess::arriveAll);
      verify(scenario, what);
      return what;
    }
  }

  private static String second(Faults faults, int from, SplittableRandom random) {
    int crossing = from + random.nextInt(SECOND_WITHIN);
    Fault fault = SECOND.get(random.nextInt(SECOND.size()));
    faults.at(crossing, fault);
    return ", then " + fault + " at #" + crossing;
  }

  private boolean takeOver(StoppableProcess heir) {
    return clientsReturn ? heir.actAndSettle() : heir.settle();
  }

  static void assertSame(Point point, List<FaultPoint> crossings) {
    FaultPoint expected = point.crossing();
    FaultPoint actual =
        expected.index() < crossings.size() ? crossings.get(expected.index()) : null;
    if (actual == null || !actual.call().equals(expected.call())) {
      throw new AssertionError(
          "the scenario is not the same each time: expected " + expected + ", it was " + actual);
    }
  }

  static void verify(CrashScenario scenario, String what) {
    try {
      scenario.verify();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
  }
}
