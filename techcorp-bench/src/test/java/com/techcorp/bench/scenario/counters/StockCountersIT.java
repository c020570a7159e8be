package com.techcorp.bench.scenario.counters;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.Ratio;
import com.techcorp.bench.text.Screen;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole scenario, as short as it gets: the figures say nothing. */
class StockCountersIT {
  private static final SliceTimes SHORT =
      new SliceTimes(Duration.ofMillis(20), Duration.ofMillis(200));
  private static final int CROWD = 16;
  private static final int UNITS = 3;
  private static final String RATE = "[1-9][0-9,]*/s";
  private static final String RATIO = "[0-9]+\\.[0-9]{2}";

  @Test
  void eachFigureIsMeasured() throws Exception {
    Screen screen = new Screen(System.out);
    Finding finding;
    try (BenchServer server = BenchServer.start("128MB", 0, null, screen)) {
      finding =
          new StockCounters(
                  server, EngineOptions.DEFAULT, screen, SHORT, 1, List.of(4), CROWD, UNITS)
              .run();
    }

    List<List<String>> rows =
        finding.lines().stream()
            .map(StockCountersIT::cells)
            .filter(row -> row.size() == 5 && !row.contains("ratio"))
            .toList();
    assertThat(rows).hasSize(9);
    assertThat(List.of(rows.get(0), rows.get(3), rows.get(7)))
        .allSatisfy(
            row -> {
              assertThat(row.get(1)).as(row.get(0)).matches(RATE);
              assertThat(row.get(2)).as(row.get(0)).matches(RATE);
              assertThat(row.get(3)).as(row.get(0)).matches(RATIO);
            });
    assertThat(rows.get(1).get(2)).matches("[0-9.]+/s");
    assertThat(rows.get(2).get(2)).isEqualTo("0");
    assertThat(List.of(rows.get(4), rows.get(5)))
        .allSatisfy(
            row -> assertThat(row.get(2)).matches("median [0-9]+\\.[0-9]{2} s, longest [0-9.]+ s"));
    assertThat(rows.get(6).get(2)).isEqualTo("4, 4");
    assertThat(rows.get(8).get(2)).matches("p50 [0-9.]+ ms, p99 [0-9.]+ ms");
    assertThat(finding.ratios()).extracting(Ratio::wanted).containsExactly(1.0, 0.8, 0.97);
  }

  /** Of a line of a table; of any other line none. */
  private static List<String> cells(String line) {
    return line.startsWith("| ")
        ? List.of(line.substring(1, line.length() - 1).split("\\|")).stream()
            .map(String::strip)
            .toList()
        : List.of();
  }
}
