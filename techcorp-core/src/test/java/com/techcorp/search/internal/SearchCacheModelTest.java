package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * T39, T68, T69: whatever happens in between, no page outlives its generation, and no audience sees
 * another's.
 */
class SearchCacheModelTest {
  private static final int RUNS = 500;
  private static final int RUNS_OF_THE_SOAK = 10_000;

  @Test
  void noPageOutlivesItsGeneration() {
    run(0, RUNS);
  }

  @Test
  @Tag("soak")
  void noPageOutlivesItsGenerationInManyRuns() {
    run(RUNS, RUNS_OF_THE_SOAK);
  }

  private static void run(long first, int runs) {
    int current = 0;
    int stale = 0;
    for (long seed = first; seed < first + runs; seed++) {
      CacheModel model = new CacheModel(seed);
      try {
        model.run();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      current += model.currentPages();
      stale += model.stalePages();
    }
    assertThat(current).isGreaterThan(10 * runs); // the model has not come to a stand
    assertThat(stale).isGreaterThan(runs / 10);
  }
}
