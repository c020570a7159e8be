package com.techcorp.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two sides whose figures are given: nothing here is measured. */
class ComparisonTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MICROS = 1_000;

  private final List<String> played = new ArrayList<>();

  @Test
  void theSidesTakeTurnsAfterEachIsWarmAndBeginAnewAfterTwoPairs() {
    compare(side("A", 1_000, 100), side("B", 1_000, 100), List.of(16, 64), 4);

    List<String> once =
        List.of(
            "start",
            "A 16 warm",
            "A 64 warm",
            "B 16 warm",
            "B 64 warm",
            "B 16 warm",
            "B 64 warm",
            "A 16 warm",
            "A 64 warm",
            "A 16",
            "B 16",
            "B 16",
            "A 16",
            "A 64",
            "B 64",
            "B 64",
            "A 64",
            "checked",
            "ended");
    assertThat(played)
        .containsExactlyElementsOf(Stream.concat(once.stream(), once.stream()).toList());
  }

  @Test
  void asFastAsBeforeIsNotSlower() {
    CompareVerdict verdict = compared(side("A", 1_000, 100), side("B", 985, 102));

    assertThat(verdict.notSlower()).isTrue();
    assertThat(verdict.text())
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
    CompareVerdict verdict = compared(side("A", 1_000, 100), side("B", 975, 100));

    assertThat(verdict.notSlower()).isFalse();
    assertThat(verdict.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: the median is 0.975, below 0.98");
  }

  @Test
  void moreCpuAnOrderIsSlower() {
    CompareVerdict verdict = compared(side("A", 1_000, 100), side("B", 1_100, 104));

    assertThat(verdict.notSlower()).isFalse();
    assertThat(verdict.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: CPU an order is 1.040, above 1.03");
  }

  @Test
  void anIntervalThatReachesTooLowIsSlowerAfterThreeTimesThePairs() {
    CompareSide uneven = inTurn("B", 100, 1_000, 700, 1_000, 1_000, 700);

    CompareVerdict verdict = compared(side("A", 1_000, 100), uneven);

    assertThat(verdict.notSlower()).isFalse();
    assertThat(verdict.text())
        .last()
        .isEqualTo("SLOWER: 16 clients: the interval begins at 0.700, below 0.94");
    assertThat(played).filteredOn("B 16"::equals).hasSize(36);
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

    CompareVerdict verdict = compared(side("A", 1_000, 100), settling);

    assertThat(verdict.text()).anyMatch(line -> line.startsWith("| 16      | 20 "));
  }

  @Test
  void onlyWhatIsTooWideIsRepeated() {
    CompareSide before = side("A", 1_000, 100);
    CompareSide uneven = inTurn("B", 100, 1_000, 700, 1_000, 1_000, 700);
    CompareSide after =
        (clients, millis) -> clients == 16 ? before.run(16, millis) : uneven.run(64, millis);

    CompareVerdict verdict = compare(before, after, List.of(16, 64), 12);

    assertThat(verdict.text())
        .anyMatch(line -> line.startsWith("| 16      | 12 "))
        .anyMatch(line -> line.startsWith("| 64      | 36 "));
  }

  @Test
  void aWarmUpMayMeasureNothingAndAComparedRunMayNot() {
    CompareSide.Run nothing = new CompareSide.Run(0, SECOND, 1, 1);
    CompareSide slowToWarm = side("A", 1_000, 100);
    CompareSide before =
        (clients, millis) -> millis == 5_000 ? slowToWarm.run(clients, millis) : nothing;

    assertThat(compared(before, side("B", 1_000, 100)).notSlower()).isTrue();
    assertThatThrownBy(() -> compared((clients, millis) -> nothing, side("B", 1_000, 100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was measured");
  }

  private CompareVerdict compared(CompareSide before, CompareSide after) {
    return compare(before, after, List.of(16), 12);
  }

  private CompareVerdict compare(
      CompareSide before, CompareSide after, List<Integer> clients, int pairs) {
    Comparison.Settings settings = new Comparison.Settings(clients, pairs, 5_000, 24_000, 7);
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

  /** Rates in turn and again, after any that are warm-up. */
  private CompareSide inTurn(String name, long cpu, long... rates) {
    Deque<Long> turns = new ArrayDeque<>(Arrays.stream(rates).boxed().toList());
    return (clients, millis) -> {
      boolean warm = millis != 5_000;
      played.add(name + " " + clients + (warm ? " warm" : ""));
      long rate = warm ? rates[0] : turns.removeFirst();
      if (!warm) {
        turns.addLast(rate);
      }
      return new CompareSide.Run(rate, SECOND, rate * cpu * MICROS / 2, rate * cpu * MICROS / 2);
    };
  }
}
