package com.techcorp.search.lucene;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The times and bounds of a {@link LuceneIndex}. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param refreshInterval after which time at the latest a search sees what was written. Default 1 s
 * @param searchTimeout how long a search may take; then it fails. Default 800 ms
 * @param concurrentSearches searches, suggestions and corrections that run at once; more are
 *     refused at once. Default 64
 * @param snapshots snapshots that are open at once; more are refused. Default 100
 * @param snapshotAge how long a snapshot is kept at the most, however often it is used. Default 1 h
 * @param writeBufferMegabytes memory that written documents take before they go to disk. Default 16
 */
public record LuceneOptions(
    Duration refreshInterval,
    Duration searchTimeout,
    int concurrentSearches,
    int snapshots,
    Duration snapshotAge,
    int writeBufferMegabytes) {
  /** The defaults named above. */
  public static final LuceneOptions DEFAULT =
      new LuceneOptions(
          Duration.ofSeconds(1), Duration.ofMillis(800), 64, 100, Duration.ofHours(1), 16);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public LuceneOptions {
    Require.between(
        "LuceneOptions.refreshInterval",
        refreshInterval,
        Duration.ofMillis(10),
        Duration.ofMinutes(10));
    Require.between(
        "LuceneOptions.searchTimeout",
        searchTimeout,
        Duration.ofMillis(10),
        Duration.ofMinutes(10));
    Require.between("LuceneOptions.concurrentSearches", concurrentSearches, 1, 10_000);
    Require.between("LuceneOptions.snapshots", snapshots, 1, 10_000);
    Require.between(
        "LuceneOptions.snapshotAge", snapshotAge, Duration.ofMillis(10), Duration.ofDays(1));
    Require.between("LuceneOptions.writeBufferMegabytes", writeBufferMegabytes, 1, 1_024);
  }

  /**
   * Changes after which time at the latest a search sees what was written.
   *
   * @param interval 10 ms to 10 min; default 1 s
   * @return a changed copy
   */
  public LuceneOptions withRefreshInterval(Duration interval) {
    return new LuceneOptions(
        interval, searchTimeout, concurrentSearches, snapshots, snapshotAge, writeBufferMegabytes);
  }

  /**
   * Changes how long a search may take.
   *
   * @param timeout 10 ms to 10 min; default 800 ms
   * @return a changed copy
   */
  public LuceneOptions withSearchTimeout(Duration timeout) {
    return new LuceneOptions(
        refreshInterval, timeout, concurrentSearches, snapshots, snapshotAge, writeBufferMegabytes);
  }

  /**
   * Changes how many searches, suggestions and corrections run at once.
   *
   * @param most 1 to 10,000; default 64
   * @return a changed copy
   */
  public LuceneOptions withConcurrentSearches(int most) {
    return new LuceneOptions(
        refreshInterval, searchTimeout, most, snapshots, snapshotAge, writeBufferMegabytes);
  }

  /**
   * Changes how many snapshots are open at once.
   *
   * @param most 1 to 10,000; default 100
   * @return a changed copy
   */
  public LuceneOptions withSnapshots(int most) {
    return new LuceneOptions(
        refreshInterval,
        searchTimeout,
        concurrentSearches,
        most,
        snapshotAge,
        writeBufferMegabytes);
  }

  /**
   * Changes how long a snapshot is kept at the most. The files that it needs are kept as long.
   *
   * @param most 10 ms to 1 day; default 1 h
   * @return a changed copy
   */
  public LuceneOptions withSnapshotAge(Duration most) {
    return new LuceneOptions(
        refreshInterval, searchTimeout, concurrentSearches, snapshots, most, writeBufferMegabytes);
  }

  /**
   * Changes how much memory written documents take before they go to disk, for each target.
   *
   * @param megabytes 1 to 1,024; default 16
   * @return a changed copy
   */
  public LuceneOptions withWriteBufferMegabytes(int megabytes) {
    return new LuceneOptions(
        refreshInterval, searchTimeout, concurrentSearches, snapshots, snapshotAge, megabytes);
  }
}
