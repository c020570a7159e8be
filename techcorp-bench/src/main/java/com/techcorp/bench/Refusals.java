package com.techcorp.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many refusals a second a crowd gets of an earlier commit, which records each as CANCELLED,
 * and of this one, which does or throws {@code SoldOut}, to clients with a thread each and to
 * clients without: four processes in turn, A B C D D C B A. A ratio is that within a turn.
 */
final class Refusals {
  static final double LEAST_RECORDED = 2;
  static final double LEAST_THROWN = 20;
  private static final int CROWD = 256;

  private final CompareSide before;
  private final CompareSide recorded;
  private final CompareSide thrown;
  private final CompareSide async;
  private final Comparison.Settings settings;
  private final Screen screen;

  Refusals(
      CompareSide before,
      CompareSide recorded,
      CompareSide thrown,
      CompareSide async,
      Comparison.Settings settings,
      Screen screen) {
    this.before = before;
    this.recorded = recorded;
    this.thrown = thrown;
    this.async = async;
    this.settings = settings;
    this.screen = screen;
  }

  /** Refusals a second of each. */
  private record Turn(double before, double recorded, double thrown, double async) {}

  /** What came of it. */
  record Verdict(Median recorded, Median thrown, Median async) {
    boolean enough() {
      return recorded.value() >= LEAST_RECORDED
          && thrown.value() >= LEAST_THROWN
          && async.value() >= LEAST_THROWN;
    }
  }

  Verdict run() {
    List<CompareSide> sides = List.of(before, recorded, thrown, async);
    sides.forEach(side -> side.run(CROWD, Math.max(1, settings.warmMillis())));
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < settings.pairs(); i++) {
      turns.add(turn(i % 2 == 0));
      tell(turns);
    }
    Verdict verdict =
        new Verdict(
            median(turns.stream().mapToDouble(turn -> turn.recorded() / turn.before()).toArray()),
            median(turns.stream().mapToDouble(turn -> turn.thrown() / turn.before()).toArray()),
            median(turns.stream().mapToDouble(turn -> turn.async() / turn.before()).toArray()));
    table(turns, verdict).forEach(line -> screen.line("%s", line));
    return verdict;
  }

  private Turn turn(boolean forward) {
    if (forward) {
      return new Turn(rate(before), rate(recorded), rate(thrown), rate(async));
    }
    double fourth = rate(async);
    double third = rate(thrown);
    double second = rate(recorded);
    return new Turn(rate(before), second, third, fourth);
  }

  private double rate(CompareSide side) {
    return side.run(CROWD, settings.millis()).perSecond();
  }

  private Median median(double[] values) {
    return Median.of(values, settings.seed());
  }

  private void tell(List<Turn> turns) {
    Turn last = turns.get(turns.size() - 1);
    screen.line(
        "  turn %d: A %,.0f refusals/s; B recorded %,.0f; B by SoldOut %,.0f, without threads %,.0f",
        turns.size(), last.before(), last.recorded(), last.thrown(), last.async());
  }

  private List<String> table(List<Turn> turns, Verdict verdict) {
    MarkdownTable table =
        new MarkdownTable(
            "256 clients on a sold-out product", "refusals/s", "over A", "95 % interval", "wanted");
    String base = Texts.rate(median(turns.stream().mapToDouble(Turn::before).toArray()).value());
    table.row("A, recorded as CANCELLED", base, "-", "-", "-");
    row(
        table,
        "B, recorded as CANCELLED",
        turns.stream().mapToDouble(Turn::recorded).toArray(),
        verdict.recorded(),
        LEAST_RECORDED);
    row(
        table,
        "B, by SoldOut",
        turns.stream().mapToDouble(Turn::thrown).toArray(),
        verdict.thrown(),
        LEAST_THROWN);
    row(
        table,
        "B, by SoldOut, clients without threads",
        turns.stream().mapToDouble(Turn::async).toArray(),
        verdict.async(),
        LEAST_THROWN);
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(verdict.enough() ? "ENOUGH" : "NOT ENOUGH");
    return lines;
  }

  private void row(MarkdownTable table, String side, double[] rates, Median ratio, double least) {
    table.row(
        side,
        Texts.rate(median(rates).value()),
        Texts.ratio(ratio.value()),
        Texts.ratio(ratio.low()) + " – " + Texts.ratio(ratio.high()),
        String.format(Locale.ROOT, "at least %.0f", least));
  }
}
