package com.techcorp.bench.scenario.counters;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterRowTest {
  @Test
  void aRatioIsThatWithinARound() {
    CounterRow row =
        CounterRow.rates("orders", List.of(100.0, 200.0, 400.0), List.of(90.0, 100.0, 400.0), 0.97);

    assertThat(row.cells())
        .containsExactly(
            "orders",
            "200 (100–400)/s",
            "100 (90–400)/s",
            "0.90 (0.50–1.00)",
            "ratio at least 0.97");
    assertThat(row.picture()).contains(new Ratio("orders", new Summary(0.9, 0.5, 1), 0.97));
  }

  @Test
  void aFigureAloneHasNoRatioAndNoPicture() {
    CounterRow row = CounterRow.figure("rows", "0", "none");

    assertThat(row.cells()).containsExactly("rows", "-", "0", "-", "none");
    assertThat(row.picture()).isEmpty();
  }
}
