package com.techcorp.bench.compare;

import com.techcorp.bench.statistics.Median;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How many refusals a second a crowd gets of an earlier commit, which records each as CANCELLED,
 * and of this one, which does or throws {@code SoldOut}: to clients with a thread each, and to
 * clients without. All in turn, there and back. A ratio is that within a turn, among like clients.
 */
final class Refusals {
  static final double LEAST_RECORDED = 2;
  static final double LEAST_THROWN = 20;
  private static final int CROWD = 256;

  private final List<Crowd> crowds;
  private final Comparison.Settings settings;
  private final Screen screen;

  Refusals(List<Crowd> crowds, Comparison.Settings settings, Screen screen) {
    this.crowds = crowds;
    this.settings = settings;
    this.screen = screen;
  }

  /** The three that serve one kind of clients. */
  record Crowd(String clients, CompareSide before, CompareSide recorded, CompareSide thrown) {
    List<CompareSide> sides() {
      return List.of(before, recorded, thrown);
    }
  }

  /** Refusals a second of each in one turn. */
  private record Turn(double before, double recorded, double thrown) {}

  /** What came of it for one kind of clients. */
  private record Outcome(Crowd crowd, List<Turn> turns, Median recorded, Median thrown) {
    boolean enough() {
      return recorded.value() >= LEAST_RECORDED && thrown.value() >= LEAST_THROWN;
    }
  }

  /** Whether there are as many as wanted. */
  boolean run() {
    crowds.forEach(crowd -> crowd.sides().forEach(side -> run(side, settings.warmMillis())));
    List<List<Turn>> turns = new ArrayList<>();
    crowds.forEach(crowd -> turns.add(new ArrayList<>()));
    for (int i = 0; i < settings.pairs(); i++) {
      List<Turn> all = turn(i % 2 == 0);
      for (int j = 0; j < crowds.size(); j++) {
        turns.get(j).add(all.get(j));
        tell(i + 1, crowds.get(j), all.get(j));
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int j = 0; j < crowds.size(); j++) {
      outcomes.add(outcome(crowds.get(j), turns.get(j)));
    }
    boolean enough = outcomes.stream().allMatch(Outcome::enough);
    table(outcomes).forEach(line -> screen.line("%s", line));
    screen.line("%s", "");
    screen.line("%s", enough ? "ENOUGH" : "NOT ENOUGH");
    return enough;
  }

  private List<Turn> turn(boolean forward) {
    List<CompareSide> sides =
        new ArrayList<>(crowds.stream().flatMap(crowd -> crowd.sides().stream()).toList());
    if (!forward) {
      Collections.reverse(sides);
    }
    List<Double> rates = new ArrayList<>();
    sides.forEach(side -> rates.add(run(side, settings.millis()).perSecond()));
    if (!forward) {
      Collections.reverse(rates);
    }
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < rates.size(); i += 3) {
      turns.add(new Turn(rates.get(i), rates.get(i + 1), rates.get(i + 2)));
    }
    return turns;
  }

  private static CompareSide.Run run(CompareSide side, long millis) {
    return side.run(CROWD, Math.max(1, millis), true);
  }

  private Outcome outcome(Crowd crowd, List<Turn> turns) {
    return new Outcome(
        crowd,
        turns,
        median(turns, turn -> turn.recorded() / turn.before()),
        median(turns, turn -> turn.thrown() / turn.before()));
  }

  private Median median(List<Turn> turns, ToDoubleFunction<Turn> value) {
    return Median.of(turns.stream().mapToDouble(value).toArray(), settings.seed());
  }

  private void tell(int number, Crowd crowd, Turn turn) {
    screen.line(
        "  turn %d, %s: A %,.0f refusals/s; B recorded %,.0f; B by SoldOut %,.0f",
        number, crowd.clients(), turn.before(), turn.recorded(), turn.thrown());
  }

  private List<String> table(List<Outcome> outcomes) {
    MarkdownTable table =
        new MarkdownTable(
            "256 clients on a sold-out product", "refusals/s", "over A", "95 % interval", "wanted");
    for (Outcome outcome : outcomes) {
      String clients = outcome.crowd().clients();
      table.row(clients + ": A, recorded as CANCELLED", rate(outcome, Turn::before), "-", "-", "-");
      table.row(
          clients + ": B, recorded as CANCELLED",
          rate(outcome, Turn::recorded),
          Texts.ratio(outcome.recorded().value()),
          interval(outcome.recorded()),
          least(LEAST_RECORDED));
      table.row(
          clients + ": B, by SoldOut",
          rate(outcome, Turn::thrown),
          Texts.ratio(outcome.thrown().value()),
          interval(outcome.thrown()),
          least(LEAST_THROWN));
    }
    return table.lines();
  }

  private String rate(Outcome outcome, ToDoubleFunction<Turn> of) {
    return Texts.rate(median(outcome.turns(), of).value());
  }

  private static String interval(Median ratio) {
    return Texts.ratio(ratio.low()) + " – " + Texts.ratio(ratio.high());
  }

  private static String least(double value) {
    return String.format(Locale.ROOT, "at least %.0f", value);
  }
}
