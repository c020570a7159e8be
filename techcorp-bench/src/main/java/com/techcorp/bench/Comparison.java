package com.techcorp.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Runs two sides in turn, A B B A A B B A, and compares the two runs of each pair: what the machine
 * does meanwhile falls on both. While the interval is too wide to tell, pairs are added, whatever
 * the figures say, so that no side gains from stopping early.
 */
final class Comparison {
  private static final int MOST_TIMES = 3;
  private static final int ADDED = 4;

  private final CompareSide before;
  private final CompareSide after;
  private final Settings settings;
  private final Screen screen;

  Comparison(CompareSide before, CompareSide after, Settings settings, Screen screen) {
    this.before = before;
    this.after = after;
    this.settings = settings;
    this.screen = screen;
  }

  /**
   * How long and how often.
   *
   * @param clients one comparison for each number
   * @param pairs at least so many; three times as many at the most
   * @param millis measured time of each run
   * @param warmMillis each side runs alone for so long before the first pair
   * @param seed of the intervals
   */
  record Settings(List<Integer> clients, int pairs, long millis, long warmMillis, long seed) {}

  /** A run of each side, one after the other. */
  record Pair(CompareSide.Run before, CompareSide.Run after) {
    /** Above 1: the later commit is faster. */
    double rateRatio() {
      return after.perSecond() / before.perSecond();
    }

    /** Above 1: the later commit takes more CPU an order. */
    double cpuRatio() {
      return after.cpuMicrosAnOrder() / before.cpuMicrosAnOrder();
    }
  }

  /** All pairs with one number of clients. */
  record Line(int clients, List<Pair> pairs, long seed) {
    Median rate() {
      return median(Pair::rateRatio);
    }

    Median cpu() {
      return median(Pair::cpuRatio);
    }

    Median median(ToDoubleFunction<Pair> value) {
      return Median.of(pairs.stream().mapToDouble(value).toArray(), seed);
    }
  }

  List<Line> run() {
    warm(before);
    warm(after);
    return settings.clients().stream().map(this::compare).toList();
  }

  private void warm(CompareSide side) {
    long each = Math.max(1, settings.warmMillis() / settings.clients().size());
    settings.clients().forEach(clients -> side.run(clients, each));
  }

  private Line compare(int clients) {
    List<Pair> pairs = new ArrayList<>();
    int wanted = settings.pairs();
    while (pairs.size() < wanted) {
      pairs.add(pair(clients, pairs.size() % 2 == 0));
      tell(clients, pairs);
      if (pairs.size() == wanted && tooWide(clients, pairs)) {
        wanted = Math.min(wanted + ADDED, MOST_TIMES * settings.pairs());
      }
    }
    return line(clients, pairs);
  }

  private Pair pair(int clients, boolean beforeFirst) {
    if (beforeFirst) {
      CompareSide.Run first = before.run(clients, settings.millis());
      return new Pair(first, after.run(clients, settings.millis()));
    }
    CompareSide.Run first = after.run(clients, settings.millis());
    return new Pair(before.run(clients, settings.millis()), first);
  }

  private boolean tooWide(int clients, List<Pair> pairs) {
    return line(clients, pairs).rate().width() > CompareVerdict.WIDEST;
  }

  private Line line(int clients, List<Pair> pairs) {
    return new Line(clients, List.copyOf(pairs), settings.seed());
  }

  private void tell(int clients, List<Pair> pairs) {
    Pair last = pairs.get(pairs.size() - 1);
    screen.line(
        "  %d clients, pair %d: A %,.0f orders/s, %.0f us CPU; B %,.0f, %.0f us; ratio %.3f, CPU %.3f",
        clients,
        pairs.size(),
        last.before().perSecond(),
        last.before().cpuMicrosAnOrder(),
        last.after().perSecond(),
        last.after().cpuMicrosAnOrder(),
        last.rateRatio(),
        last.cpuRatio());
  }
}
