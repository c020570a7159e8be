package com.techcorp.bench.scenario.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.statistics.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthRowTest {
  @Test
  void aRatioIsThatWithinARound() {
    AuthRow row =
        AuthRow.of("refreshes", List.of(100.0, 200.0, 400.0), List.of(90.0, 100.0, 400.0), 0.85);

    assertThat(row.bare()).isEqualTo(new Summary(200, 100, 400));
    assertThat(row.library()).isEqualTo(new Summary(100, 90, 400));
    assertThat(row.ratio()).isEqualTo(new Summary(0.9, 0.5, 1));
  }

  @Test
  void cellsTellMedianAndRange() {
    AuthRow row = AuthRow.of("tokens", List.of(1_000.0, 2_000.0), List.of(40_000.0, 60_000.0), 20);

    assertThat(row.cells())
        .containsExactly(
            "tokens",
            "1,500 (1,000–2,000)/s",
            "50,000 (40,000–60,000)/s",
            "35.00 (30.00–40.00)",
            "at least 20");
  }
}
