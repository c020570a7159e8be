package com.techcorp.bench.scenario.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.Screen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole scenario, as short as it gets: the figures say nothing. */
class AuthenticationIT {
  private static final SliceTimes SHORT = new SliceTimes(Duration.ZERO, Duration.ofMillis(100));
  private static final String RATE = "[1-9][0-9,]*/s";
  private static final String RATIO = "[0-9]+\\.[0-9]{2}";

  @Test
  void eachRatioIsMeasuredAndSessionsAreCounted() throws Exception {
    Screen screen = new Screen(System.out);
    Finding finding;
    try (BenchServer server = BenchServer.start("128MB", 0, null, screen)) {
      finding = new Authentication(server, screen, SHORT, 1, List.of(1, 4), 200).run();
    }

    List<List<String>> rows = finding.lines().stream().map(AuthenticationIT::cells).toList();
    assertThat(rows)
        .filteredOn(row -> row.size() == 5 && !row.contains("ratio"))
        .extracting(row -> row.get(0))
        .containsExactly(
            "a token is verified for the first time",
            "a token is verified again",
            "logins, on " + Runtime.getRuntime().availableProcessors() + " threads",
            "refreshes, on 1 thread",
            "refreshes, on 4 threads");
    assertThat(rows)
        .filteredOn(row -> row.size() == 5 && !row.contains("ratio"))
        .allSatisfy(
            row -> {
              assertThat(row.get(1)).matches(RATE);
              assertThat(row.get(2)).matches(RATE);
              assertThat(row.get(3)).matches(RATIO);
              assertThat(row.get(4)).startsWith("at least ");
            });
    assertThat(rows)
        .filteredOn(
            row -> row.size() == 4 && List.of("1 MB", "nested 200,000 deep").contains(row.get(0)))
        .hasSize(2)
        .allSatisfy(row -> assertThat(Double.parseDouble(row.get(1))).isPositive());
    assertThat(rows)
        .filteredOn(row -> row.size() == 4 && row.get(0).equals("200"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(Integer.parseInt(row.get(1).replace(",", ""))).isBetween(200, 10_000);
              assertThat(Double.parseDouble(row.get(2))).isPositive();
            });
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
