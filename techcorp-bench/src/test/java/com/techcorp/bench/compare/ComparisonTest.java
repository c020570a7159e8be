package com.techcorp.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.bench.text.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two sides whose figures are given: nothing here is measured. */
class ComparisonTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MICROS = 1_000;
  private static final int SLICES = 5;
  private static final long SLICE = 1_000;

  private final List<String> played = new ArrayList<>();

  @Test
  void theSidesTakeTurnsAfterEachIsWarmAndBeginAnewAfterTwoPairs() {
    compare(side("A", 1_000, 100), side("B", 1_000, 100), List.of(16, 64), 4);

    List<String> once = new ArrayList<>();
    once.add("start");
    once.addAll(warmed("A"));
    once.addAll(warmed("B"));
    once.addAll(warmed("B"));
    once.addAll(warmed("A"));
    for (int clients : List.of(16, 64)) {
      once.addAll(inSlices("A " + clients, "B " + clients));
      once.addAll(inSlices("B " + clients, "A " + clients));
    }
    once.addAll(List.of("checked", "ended"));
    assertThat(played)
        .containsExactlyElementsOf(Stream.concat(once.stream(), once.stream()).toList());
  }

  private static List<String> warmed(String side) {
    return List.of(side + " 16 warm", side + " 64 warm");
  }

  private static List<String> inSlices(String first, String second) {
    return List.of(first, second, second, first, first, second, second, first, first, second);
  }

  @Test
  void aPairIsTidiedUpForOnce() {
    List<Boolean> afresh = new ArrayList<>();
    CompareSide before = side("A", 1_000, 100);
    compared(
        (clients, millis, tidied) -> {
          if (millis == SLICE) {
            afresh.add(tidied);
          }
          return before.run(clients, millis, tidied);
        },
        side("B", 1_000, 100));

    assertThat(afresh).hasSize(12 * SLICES);
    for (int i = 0; i < afresh.size(); i++) {
      assertThat(afresh.get(i)).isEqualTo(i % SLICES == 0);
    }
  }

  @Test
  void asFastAsBeforeIsNotSlower() {
    CompareVerdict result = compared(side("A", 1_000, 100), side("B", 985, 102));

    assertThat(result.notSlower()).isTrue();
    assertThat(result.text())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("| 16      | 12    | 1,000")
                    .contains("| 0.985    | 0.985 – 0.985 |", "| 1.020"))
        .last()
        .asString()
        .startsWith("NOT SLOWER");
  }

  @Test
  void aMedianBelowIsSlower() {
    CompareVerdict result = compared(side("A", 1_000, 100), side("B", 975, 100));

    assertThat(result.notSlower()).isFalse();
    assertThat(result.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: the median is 0.975, below 0.98");
  }

  @Test
  void moreCpuAnOrderIsSlower() {
    CompareVerdict result = compared(side("A", 1_000, 100), side("B", 1_100, 104));

    assertThat(result.notSlower()).isFalse();
    assertThat(result.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: CPU an order is 1.040, above 1.03");
  }

  @Test
  void anIntervalThatReachesTooLowIsSlowerAfterThreeTimesThePairs() {
    CompareSide uneven = inTurn("B", 100, 1_000, 700, 1_000, 1_000, 700);

    CompareVerdict result = compared(side("A", 1_000, 100), uneven);

    assertThat(result.notSlower()).isFalse();
    assertThat(result.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: the interval begins at 0.700, below 0.94");
    assertThat(played).filteredOn("B 16"::equals).hasSize(36 * SLICES);
  }

  @Test
  void pairsAreAddedUntilTheIntervalIsNarrow() {
    long[] rates = new long[100];
    Arrays.fill(rates, 1_000);
    // Half of the first twelve are uneven: the four that are added tell.
    for (int i = 0; i < 12; i += 2) {
      rates[i] = 890;
    }
    CompareSide settling = inTurn("B", 100, rates);

    CompareVerdict result = compared(side("A", 1_000, 100), settling);

    assertThat(result.text()).anyMatch(line -> line.startsWith("| 16      | 20 "));
  }

  @Test
  void onlyWhatIsTooWideIsRepeated() {
    CompareSide before = side("A", 1_000, 100);
    CompareSide uneven = inTurn("B", 100, 1_000, 700, 1_000, 1_000, 700);
    CompareSide after =
        (clients, millis, afresh) ->
            clients == 16 ? before.run(16, millis, afresh) : uneven.run(64, millis, afresh);

    CompareVerdict result = compare(before, after, List.of(16, 64), 12);

    assertThat(result.text())
        .anyMatch(line -> line.startsWith("| 16      | 12 "))
        .anyMatch(line -> line.startsWith("| 64      | 36 "));
  }

  @Test
  void aWarmUpMayMeasureNothingAndAComparedRunMayNot() {
    CompareSide.Run nothing = new CompareSide.Run(0, SECOND, 1, 1);
    CompareSide slowToWarm = side("A", 1_000, 100);
    CompareSide before =
        (clients, millis, afresh) ->
            millis == SLICE ? slowToWarm.run(clients, millis, afresh) : nothing;

    assertThat(compared(before, side("B", 1_000, 100)).notSlower()).isTrue();
    assertThatThrownBy(() -> compared((clients, millis, afresh) -> nothing, side("B", 1_000, 100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was measured");
  }

  private CompareVerdict compared(CompareSide before, CompareSide after) {
    return compare(before, after, List.of(16), 12);
  }

  private CompareVerdict compare(
      CompareSide before, CompareSide after, List<Integer> clients, int pairs) {
    Comparison.Settings settings =
        new Comparison.Settings(clients, pairs, SLICES * SLICE, 24_000, 7);
    Screen silent = new Screen(new PrintStream(new ByteArrayOutputStream()));
    return new CompareVerdict(
        new Comparison(() -> new Started(before, after, played), settings, silent).run());
  }

  private record Started(CompareSide before, CompareSide after, List<String> played)
      implements Comparison.Sides {
    Started {
      played.add("start");
    }

    @Override
    public void check() {
      played.add("checked");
    }

    @Override
    public void close() {
      played.add("ended");
    }
  }

  private CompareSide side(String name, long rate, long cpu) {
    return inTurn(name, cpu, rate);
  }

  /** Rates of runs in turn and again, after any that are warm-up. */
  private CompareSide inTurn(String name, long cpu, long... rates) {
    Deque<Long> turns = new ArrayDeque<>();
    Arrays.stream(rates).forEach(rate -> turns.addAll(Collections.nCopies(SLICES, rate)));
    return (clients, millis, afresh) -> {
      boolean warm = millis != SLICE;
      played.add(name + " " + clients + (warm ? " warm" : ""));
      long rate = warm ? rates[0] : turns.removeFirst();
      if (!warm) {
        turns.addLast(rate);
      }
      return new CompareSide.Run(rate, SECOND, rate * cpu * MICROS / 2, rate * cpu * MICROS / 2);
    };
  }
}
