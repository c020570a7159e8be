package com.techcorp.bench.scenario.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Screen;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The troubles that need no long wait, as short as it gets: the figures say nothing. */
class TrustIT {
  private static final SliceTimes SHORT =
      new SliceTimes(Duration.ofMillis(100), Duration.ofMillis(500));

  @Test
  void eachTroubleIsCausedMeasuredAndOver() throws Exception {
    EngineOptions engine = EngineOptions.DEFAULT;
    try (BenchServer server = BenchServer.start("128MB", 0, null, new Screen(System.out))) {
      List<TrustRow> locked = new TrustLockedRow(server, engine, SHORT, 1).run();
      List<TrustRow> soldOut = new TrustSoldOut(server, engine, SHORT, 1).run();
      List<TrustRow> overload = new TrustOverload(server, engine, SHORT).run();
      List<TrustRow> stuck = new TrustStuckCharges(server, engine, SHORT, 1).run();

      assertThat(locked).singleElement().satisfies(TrustIT::hasRatio);
      assertThat(soldOut).hasSize(6);
      assertThat(soldOut.subList(0, 2)).allSatisfy(TrustIT::hasRatio);
      assertThat(List.of(soldOut.get(2), soldOut.get(4))).allSatisfy(TrustIT::hasRate);
      assertThat(List.of(soldOut.get(3), soldOut.get(5))).allSatisfy(TrustIT::hasTime);
      assertThat(overload).singleElement().satisfies(TrustIT::hasTime);
      assertThat(stuck).singleElement().satisfies(TrustIT::hasRatio);
    }
  }

  private static void hasRate(TrustRow row) {
    assertThat(row.with()).as(row.trouble()).matches("[1-9][0-9,]*/s");
  }

  private static void hasTime(TrustRow row) {
    assertThat(row.with()).as(row.trouble()).matches("[0-9]+\\.[0-9]{2} s");
  }

  private static void hasRatio(TrustRow row) {
    assertThat(row.without()).as(row.trouble()).matches("[1-9][0-9,]*/s");
    assertThat(row.ratio()).as(row.trouble()).matches("[0-9]+\\.[0-9]{2}");
  }
}
