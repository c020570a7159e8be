package com.techcorp.search.lucene;

import java.time.Duration;

/** Options for a busy machine. */
final class TestOptions {
  static final LuceneOptions PATIENT =
      LuceneOptions.DEFAULT.withSearchTimeout(Duration.ofMinutes(2)).withSnapshots(5);

  private TestOptions() {}
}
