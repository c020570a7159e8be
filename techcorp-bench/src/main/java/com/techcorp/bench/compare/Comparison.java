package com.techcorp.bench.compare;

import com.techcorp.bench.text.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs two sides in turn, A B B A, and compares the two runs of each pair, whose slices take turns:
 * what the machine does meanwhile falls on both. How a JVM happens to compile the code is worth
 * several per cent for as long as it lives, so both sides restart after a few pairs. While the
 * interval is too wide to tell, pairs are added, whatever the figures say, so that no side gains
 * from stopping early.
 */
final class Comparison {
  private static final int MOST_TIMES = 3;

  /** Of each run of a pair. A machine that others use is slower for some 10 s, and faster again. */
  private static final int SLICES = 5;

  /** With each number of clients, between two starts of both sides. */
  private static final int PAIRS_OF_A_START = 2;

  private final Supplier<Sides> start;
  private final Settings settings;
  private final Screen screen;
  private final Map<Integer, List<Pairs.Pair>> pairs = new LinkedHashMap<>();

  /**
   * @param start starts both sides
   */
  Comparison(Supplier<Sides> start, Settings settings, Screen screen) {
    this.start = start;
    this.settings = settings;
    this.screen = screen;
    settings.clients().forEach(clients -> pairs.put(clients, new ArrayList<>()));
  }

  /** Both sides, fresh. */
  interface Sides extends AutoCloseable {
    CompareSide before();

    CompareSide after();

    /** Whether all that they did was right; called once, at the end. */
    void check();

    @Override
    void close();
  }

  /**
   * How long and how often.
   *
   * @param clients one comparison for each number
   * @param pairs at least so many; three times as many at the most
   * @param millis measured time of each run
   * @param warmMillis each side runs for so long after its start before it is measured
   * @param seed of the intervals
   */
  record Settings(List<Integer> clients, int pairs, long millis, long warmMillis, long seed) {}

  List<Pairs> run() {
    for (List<Integer> left = left(); !left.isEmpty(); left = left()) {
      try (Sides sides = start.get()) {
        warm(sides, left);
        left.forEach(clients -> compare(sides, clients));
        sides.check();
      }
    }
    return settings.clients().stream().map(this::all).toList();
  }

  /** With which numbers of clients there are not enough pairs yet. */
  private List<Integer> left() {
    return settings.clients().stream().filter(clients -> wanted(clients) > 0).toList();
  }

  private int wanted(int clients) {
    int had = pairs(clients).size();
    int most = MOST_TIMES * settings.pairs();
    boolean more = had >= settings.pairs() && had < most && tooWide(clients);
    return Math.min(PAIRS_OF_A_START, (more ? most : settings.pairs()) - had);
  }

  private List<Pairs.Pair> pairs(int clients) {
    return pairs.getOrDefault(clients, List.of());
  }

  /** In turn too: of two commits, whichever warmed up as a whole before the other was faster. */
  private void warm(Sides sides, List<Integer> numbers) {
    long rounds = Math.max(1, settings.warmMillis() / (numbers.size() * settings.millis()));
    long each = Math.max(1, settings.warmMillis() / (numbers.size() * rounds));
    for (long round = 0; round < rounds; round++) {
      CompareSide first = round % 2 == 0 ? sides.before() : sides.after();
      CompareSide second = round % 2 == 0 ? sides.after() : sides.before();
      numbers.forEach(clients -> first.run(clients, each, true));
      numbers.forEach(clients -> second.run(clients, each, true));
    }
  }

  private void compare(Sides sides, int clients) {
    List<Pairs.Pair> all = pairs.computeIfAbsent(clients, key -> new ArrayList<>());
    int enough = all.size() + wanted(clients);
    while (all.size() < enough) {
      all.add(pair(sides, clients, all.size() % 2 == 0));
      tell(clients, all);
    }
  }

  /** In slices, and the other side first in each next one. */
  private Pairs.Pair pair(Sides sides, int clients, boolean beforeFirst) {
    long each = Math.max(1, settings.millis() / SLICES);
    CompareSide.Run before = CompareSide.Run.NONE;
    CompareSide.Run after = CompareSide.Run.NONE;
    for (int slice = 0; slice < SLICES; slice++) {
      boolean afresh = slice == 0;
      if (beforeFirst == (slice % 2 == 0)) {
        before = before.plus(sides.before().run(clients, each, afresh));
        after = after.plus(sides.after().run(clients, each, afresh));
      } else {
        after = after.plus(sides.after().run(clients, each, afresh));
        before = before.plus(sides.before().run(clients, each, afresh));
      }
    }
    return new Pairs.Pair(before, after);
  }

  private boolean tooWide(int clients) {
    return all(clients).rate().width() > CompareVerdict.WIDEST;
  }

  private Pairs all(int clients) {
    return new Pairs(clients, List.copyOf(pairs(clients)), settings.seed());
  }

  private void tell(int clients, List<Pairs.Pair> pairs) {
    Pairs.Pair last = pairs.get(pairs.size() - 1);
    screen.line(
        "  %d clients, pair %d: A %s; B %s; ratio %.3f, CPU %.3f",
        clients,
        pairs.size(),
        text(last.before()),
        text(last.after()),
        last.rateRatio(),
        last.cpuRatio());
  }

  private static String text(CompareSide.Run run) {
    return String.format(
        Locale.ROOT,
        "%,.0f orders/s, %.0f us CPU (%.0f client, %.0f server)",
        run.perSecond(),
        run.cpuMicrosAnOrder(),
        run.clientCpu() / 1e3 / run.orders(),
        run.serverCpu() / 1e3 / run.orders());
  }
}
