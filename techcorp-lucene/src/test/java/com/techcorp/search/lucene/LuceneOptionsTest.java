package com.techcorp.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.WiringException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LuceneOptionsTest {
  private static final LuceneOptions DEFAULT = LuceneOptions.DEFAULT;

  @Test
  void eachOptionIsChangedAlone() {
    assertThat(
            DEFAULT
                .withRefreshInterval(Duration.ofMillis(1_001))
                .withSearchTimeout(Duration.ofMillis(1_002))
                .withConcurrentSearches(3)
                .withSnapshots(4)
                .withSnapshotAge(Duration.ofMillis(1_005))
                .withWriteBufferMegabytes(6))
        .isEqualTo(
            new LuceneOptions(
                Duration.ofMillis(1_001),
                Duration.ofMillis(1_002),
                3,
                4,
                Duration.ofMillis(1_005),
                6));
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> DEFAULT.withRefreshInterval(Duration.ZERO),
            () -> DEFAULT.withSearchTimeout(Duration.ofDays(1)),
            () -> DEFAULT.withConcurrentSearches(0),
            () -> DEFAULT.withSnapshots(0),
            () -> DEFAULT.withSnapshotAge(Duration.ofDays(2)),
            () -> DEFAULT.withWriteBufferMegabytes(0));
    for (ThrowingCallable each : wrong) {
      assertThatThrownBy(each)
          .isInstanceOf(WiringException.class)
          .hasMessageStartingWith("LuceneOptions.");
    }
  }
}
