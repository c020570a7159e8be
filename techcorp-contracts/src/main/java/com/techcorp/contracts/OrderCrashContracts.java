package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.fault.CrashSweep;
import com.techcorp.testkit.fault.CrashSweep.Point;
import com.techcorp.testkit.fault.LivingSweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Orders survive a stop at any instruction that can be seen from outside: before and after every
 * call that crosses a port, every commit included, also with its acknowledgement lost. For each
 * thing that a payment provider may do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OrderCrashContracts {
  private static final int SMALL_PAIRS = 300;

  /** Of all plots, and without what plots have in common. */
  private static final int LIVING_POINTS = 13_000;

  private static final int LIVING_PLACES = 2_100;

  /** The judge: it charges for each request that arrives, also under a key that it knows. */
  private ProviderProcess counting;

  /** Where a request may be late only folding helps; and this one cannot cancel. */
  private ProviderProcess folding;

  /** Takes back what it charged, as long as it gave nothing back. */
  private ProviderProcess voiding;

  /** For subclasses. */
  protected OrderCrashContracts() {}

  @BeforeAll
  final void openProviders() {
    counting =
        ProviderProcess.start(SimulatedGateway.builder().foldsRepeats(false).limitsRefunds(false));
    folding = ProviderProcess.start(SimulatedGateway.builder().supportsCancel(false));
    voiding =
        ProviderProcess.start(
            SimulatedGateway.builder().foldsRepeats(false).limitsRefunds(false).voidsCharges(true));
  }

  @AfterAll
  final void closeProviders() {
    counting.close();
    folding.close();
    voiding.close();
  }

  /**
   * Gives the storage of one play: an empty one, or one that all plays share, each with orders and
   * products of its own. Called thousands of times; what it gives is not closed.
   *
   * @return the storage
   */
  protected abstract SteppedStorage open();

  /**
   * Of how many points one is played in a build; the others are played in the soak.
   *
   * @return 1 for all
   */
  protected int oneOf() {
    return 1;
  }

  /**
   * How many pairs of faults the soak plays.
   *
   * @return default: 10,000
   */
  protected int soakPairs() {
    return 10_000;
  }

  /**
   * Of how many points of the living one is played in the soak.
   *
   * @return default: 1, for all
   */
  protected int livingSoakOneOf() {
    return 1;
  }

  private OrderCrashScenario scenario(OrderPlot plot) {
    ProviderProcess provider = plot.late ? folding : plot.voids() ? voiding : counting;
    return new OrderCrashScenario(plot, provider, open());
  }

  @ParameterizedTest
  @EnumSource
  void everyPoint(OrderPlot plot) {
    // given
    CrashSweep sweep = CrashSweep.of(() -> scenario(plot));
    List<Point> points = sweep.points();

    // when
    int played = play(sweep, points, oneOf());

    // then
    System.out.printf("%s: %d of %d points swept%n", plot, played, points.size());
    assertThat(points).as("points of %s", plot).hasSizeGreaterThanOrEqualTo(plot.points);
    assertThat(played).isGreaterThanOrEqualTo(points.size() / oneOf());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void everyPointOfEveryPlot(OrderPlot plot) {
    CrashSweep sweep = CrashSweep.of(() -> scenario(plot));
    List<Point> points = sweep.points();
    int played = play(sweep, points, 1);
    System.out.printf("%s: all %d points swept%n", plot, played);
    assertThat(played).isEqualTo(points.size()).isGreaterThanOrEqualTo(plot.points);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPROVED", "ANSWER_LOST", "CANCELLED_WHEN_CONFIRMED"})
  void everyPointWithClientsThatDoNotComeBack(OrderPlot plot) {
    CrashSweep sweep = CrashSweep.of(() -> scenario(plot)).clientsGiveUp();
    List<Point> points = sweep.points();
    int played = play(sweep, points, oneOf());
    System.out.printf("%s, clients gone: %d of %d points swept%n", plot, played, points.size());
    assertThat(points).hasSizeGreaterThanOrEqualTo(plot.points);
  }

  /**
   * No process stops: each call, by its name and by how often it was made before, meets each fault
   * once, in a plot that a seed draws of those that come so far.
   */
  @Test
  void everyFaultThatAProcessLivesThrough() {
    // given
    long seed = 20_261_128;
    List<LivingPoint> points = new ArrayList<>();
    for (OrderPlot plot : OrderPlot.values()) {
      points.addAll(livingPoints(plot));
    }
    List<LivingPoint> drawn = oneOfEachPlace(points, new SplittableRandom(seed));

    // when
    int played = playLiving(drawn, oneOf());

    // then
    System.out.printf(
        "living: %d of %d places with each fault, of %d points, seed %d%n",
        played, drawn.size(), points.size(), seed);
    assertThat(points).hasSizeGreaterThanOrEqualTo(LIVING_POINTS);
    assertThat(drawn).hasSizeGreaterThanOrEqualTo(LIVING_PLACES);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void everyFaultThatAProcessLivesThroughInEveryPlot(OrderPlot plot) {
    List<LivingPoint> points = livingPoints(plot);
    int played = playLiving(points, livingSoakOneOf());
    System.out.printf("%s, living: %d of %d points swept%n", plot, played, points.size());
    assertThat(points).hasSizeGreaterThanOrEqualTo(plot.points);
    assertThat(played).isGreaterThanOrEqualTo(points.size() / livingSoakOneOf());
  }

  /** A point, and what it has in common with points of other plots. */
  private record LivingPoint(OrderPlot plot, Point point, String place) {}

  private List<LivingPoint> livingPoints(OrderPlot plot) {
    Map<String, Integer> made = new HashMap<>();
    List<LivingPoint> all = new ArrayList<>();
    for (Point point : LivingSweep.of(() -> scenario(plot)).points()) {
      String what = point.fault() + " at " + point.crossing().call();
      all.add(new LivingPoint(plot, point, what + " " + made.merge(what, 1, Integer::sum)));
    }
    return all;
  }

  private static List<LivingPoint> oneOfEachPlace(
      List<LivingPoint> points, SplittableRandom random) {
    Map<String, List<LivingPoint>> places = new LinkedHashMap<>();
    points.forEach(
        point -> places.computeIfAbsent(point.place(), p -> new ArrayList<>()).add(point));
    return places.values().stream().map(of -> of.get(random.nextInt(of.size()))).toList();
  }

  private int playLiving(List<LivingPoint> points, int oneOf) {
    List<String> wrong = new ArrayList<>();
    int played = 0;
    for (int i = 0; i < points.size(); i += oneOf) {
      LivingPoint point = points.get(i);
      try {
        LivingSweep.of(() -> scenario(point.plot())).play(point.point());
      } catch (AssertionError e) {
        wrong.add(point.plot() + ": " + e.getMessage());
      }
      played++;
    }
    assertThat(wrong).isEmpty();
    return played;
  }

  private static int play(CrashSweep sweep, List<Point> points, int oneOf) {
    int played = 0;
    for (int i = 0; i < points.size(); i += oneOf) {
      sweep.play(points.get(i));
      played++;
    }
    return played;
  }

  @Test
  void pairsOfFaults() {
    pairs(SMALL_PAIRS / oneOf(), 20_240_615);
  }

  @Test
  @Tag("soak")
  void manyPairsOfFaults() {
    pairs(soakPairs(), System.nanoTime());
  }

  /** A second fault while the first one is being recovered from. */
  private void pairs(int count, long seed) {
    System.out.printf("%d pairs of faults, seed %d%n", count, seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<CrashSweep> sweeps = new ArrayList<>();
    List<List<Point>> points = new ArrayList<>();
    List<OrderPlot> plots = List.of(OrderPlot.values());
    for (OrderPlot plot : plots) {
      CrashSweep sweep = CrashSweep.of(() -> scenario(plot));
      sweeps.add(sweep);
      points.add(sweep.points());
    }
    for (int i = 0; i < count; i++) {
      int plot = random.nextInt(sweeps.size());
      List<Point> of = points.get(plot);
      try {
        sweeps.get(plot).playPair(of.get(random.nextInt(of.size())), random.split());
      } catch (AssertionError e) {
        throw new AssertionError(
            plots.get(plot) + ", pair " + i + " of seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
