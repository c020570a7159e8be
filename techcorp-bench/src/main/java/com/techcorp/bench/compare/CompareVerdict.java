package com.techcorp.bench.compare;

import com.techcorp.bench.statistics.Median;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the later commit is as fast as the earlier one, and the figures that say so. */
final class CompareVerdict {
  static final double LEAST_MEDIAN = 0.98;
  static final double LEAST_LOW = 0.94;
  static final double MOST_CPU = 1.03;

  /** Of the interval: what lies around a median that just passes, with both ends as far away. */
  static final double WIDEST = 2 * (LEAST_MEDIAN - LEAST_LOW);

  private final List<Pairs> lines;

  CompareVerdict(List<Pairs> lines) {
    this.lines = List.copyOf(lines);
  }

  boolean notSlower() {
    return faults().isEmpty();
  }

  /** A table and, as the last line, the result. */
  List<String> text() {
    MarkdownTable table =
        new MarkdownTable(
            "clients",
            "pairs",
            "A, orders/s",
            "B, orders/s",
            "B over A",
            "95 % interval",
            "A, CPU an order, us",
            "B, CPU an order, us",
            "CPU, B over A");
    lines.forEach(line -> table.row(row(line)));
    List<String> text = new ArrayList<>(table.lines());
    text.add("");
    text.add(
        notSlower()
            ? String.format(
                Locale.ROOT,
                "NOT SLOWER: each median is at least %.2f, each interval begins at %.2f or above, and"
                    + " an order takes at most %.2f times the CPU.",
                LEAST_MEDIAN,
                LEAST_LOW,
                MOST_CPU)
            : "SLOWER: " + String.join("; ", faults()));
    return text;
  }

  private static String[] row(Pairs line) {
    Median rate = line.rate();
    return new String[] {
      String.valueOf(line.clients()),
      String.valueOf(line.pairs().size()),
      Texts.rate(line.median(pair -> pair.before().perSecond()).value()),
      Texts.rate(line.median(pair -> pair.after().perSecond()).value()),
      ratio(rate.value()),
      ratio(rate.low()) + " – " + ratio(rate.high()),
      Texts.whole(line.median(pair -> pair.before().cpuMicrosAnOrder()).value()),
      Texts.whole(line.median(pair -> pair.after().cpuMicrosAnOrder()).value()),
      ratio(line.cpu().value())
    };
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Pairs line : lines) {
      Median rate = line.rate();
      double cpu = line.cpu().value();
      if (rate.value() < LEAST_MEDIAN) {
        faults.add(fault(line, "the median is", rate.value(), "below", LEAST_MEDIAN));
      }
      if (rate.low() < LEAST_LOW) {
        faults.add(fault(line, "the interval begins at", rate.low(), "below", LEAST_LOW));
      }
      if (cpu > MOST_CPU) {
        faults.add(fault(line, "CPU an order is", cpu, "above", MOST_CPU));
      }
    }
    return faults;
  }

  private static String fault(Pairs line, String what, double value, String side, double limit) {
    return String.format(
        Locale.ROOT, "%d clients: %s %.3f, %s %.2f", line.clients(), what, value, side, limit);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
