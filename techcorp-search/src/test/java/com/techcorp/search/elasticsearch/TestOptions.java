package com.techcorp.search.elasticsearch;

import java.time.Duration;

/** Options for a busy machine, and a server of one node. */
final class TestOptions {
  static final ElasticOptions PATIENT =
      ElasticOptions.DEFAULT
          .withConnectTimeout(Duration.ofSeconds(30))
          .withSearchTimeout(Duration.ofMinutes(2))
          .withRequestTimeout(Duration.ofMinutes(2))
          .withSnapshots(5)
          .withCreated(TargetOptions.DEFAULT.withReplicas(0));

  private TestOptions() {}
}
