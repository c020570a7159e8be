package com.techcorp.search.elasticsearch;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How an {@link ElasticIndex} creates targets. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param shards shards of a target; with more than one, facets may be approximate. Default 1
 * @param replicas copies beside the first; a search fails only if all copies are lost. Default 1
 * @param refreshInterval after which time at the latest a search sees what was written. Default 1 s
 */
public record TargetOptions(int shards, int replicas, Duration refreshInterval) {
  /** The defaults named above. */
  public static final TargetOptions DEFAULT = new TargetOptions(1, 1, Duration.ofSeconds(1));

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public TargetOptions {
    Require.between("TargetOptions.shards", shards, 1, 1_024);
    Require.between("TargetOptions.replicas", replicas, 0, 100);
    Require.between(
        "TargetOptions.refreshInterval",
        refreshInterval,
        Duration.ofMillis(10),
        Duration.ofMinutes(10));
  }

  /**
   * Changes the number of shards. One shard holds some 10 million products.
   *
   * @param number 1 to 1,024; default 1
   * @return a changed copy
   */
  public TargetOptions withShards(int number) {
    return new TargetOptions(number, replicas, refreshInterval);
  }

  /**
   * Changes the number of copies beside the first.
   *
   * @param number 0 to 100; default 1
   * @return a changed copy
   */
  public TargetOptions withReplicas(int number) {
    return new TargetOptions(shards, number, refreshInterval);
  }

  /**
   * Changes after which time at the latest a search sees what was written.
   *
   * @param interval 10 ms to 10 min; default 1 s
   * @return a changed copy
   */
  public TargetOptions withRefreshInterval(Duration interval) {
    return new TargetOptions(shards, replicas, interval);
  }
}
