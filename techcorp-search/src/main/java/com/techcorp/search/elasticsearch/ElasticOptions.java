package com.techcorp.search.elasticsearch;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The times and bounds of an {@link ElasticIndex}. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param connectTimeout how long a server may take to accept a connection. Default 500 ms
 * @param searchTimeout how long a search may take altogether; then it fails. Default 800 ms
 * @param requestTimeout how long every other request may take. Default 30 s
 * @param concurrentRequests requests that run at once; more are refused at once. Default 64
 * @param breakerPause how long no request is sent after several have failed; then one is tried.
 *     Default 1 s
 * @param snapshots snapshots that this process has open at once; more are refused. Default 100
 * @param snapshotAge how long a snapshot is kept at the most, however often it is used. Default 1 h
 * @param bulkBytes the size at which a bulk request ends. Default 8 MB
 * @param created how new targets are created. Default {@link TargetOptions#DEFAULT}
 */
public record ElasticOptions(
    Duration connectTimeout,
    Duration searchTimeout,
    Duration requestTimeout,
    int concurrentRequests,
    Duration breakerPause,
    int snapshots,
    Duration snapshotAge,
    int bulkBytes,
    TargetOptions created) {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The defaults named above. */
  public static final ElasticOptions DEFAULT =
      new ElasticOptions(
          Duration.ofMillis(500),
          Duration.ofMillis(800),
          Duration.ofSeconds(30),
          64,
          Duration.ofSeconds(1),
          100,
          Duration.ofHours(1),
          8 << 20,
          TargetOptions.DEFAULT);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public ElasticOptions {
    Require.between("ElasticOptions.connectTimeout", connectTimeout, SHORTEST, LONGEST);
    Require.between("ElasticOptions.searchTimeout", searchTimeout, SHORTEST, LONGEST);
    Require.between("ElasticOptions.requestTimeout", requestTimeout, SHORTEST, LONGEST);
    Require.between("ElasticOptions.concurrentRequests", concurrentRequests, 1, 10_000);
    Require.between("ElasticOptions.breakerPause", breakerPause, SHORTEST, LONGEST);
    Require.between("ElasticOptions.snapshots", snapshots, 1, 10_000);
    Require.between("ElasticOptions.snapshotAge", snapshotAge, SHORTEST, Duration.ofDays(1));
    Require.between("ElasticOptions.bulkBytes", bulkBytes, 1 << 10, 64 << 20);
  }

  /**
   * Changes how long a server may take to accept a connection.
   *
   * @param timeout 10 ms to 10 min; default 500 ms
   * @return a changed copy
   */
  public ElasticOptions withConnectTimeout(Duration timeout) {
    return new ElasticOptions(
        timeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how long a search may take altogether.
   *
   * @param timeout 10 ms to 10 min; default 800 ms
   * @return a changed copy
   */
  public ElasticOptions withSearchTimeout(Duration timeout) {
    return new ElasticOptions(
        connectTimeout,
        timeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how long every request but a search may take.
   *
   * @param timeout 10 ms to 10 min; default 30 s
   * @return a changed copy
   */
  public ElasticOptions withRequestTimeout(Duration timeout) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        timeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how many requests run at once.
   *
   * @param most 1 to 10,000; default 64
   * @return a changed copy
   */
  public ElasticOptions withConcurrentRequests(int most) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        most,
        breakerPause,
        snapshots,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how long no request is sent after several have failed.
   *
   * @param pause 10 ms to 10 min; default 1 s
   * @return a changed copy
   */
  public ElasticOptions withBreakerPause(Duration pause) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        pause,
        snapshots,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how many snapshots this process has open at once. The cluster's own limit of open
   * contexts ({@code search.max_open_scroll_context}, 500 a node) holds beside it.
   *
   * @param most 1 to 10,000; default 100
   * @return a changed copy
   */
  public ElasticOptions withSnapshots(int most) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        most,
        snapshotAge,
        bulkBytes,
        created);
  }

  /**
   * Changes how long a snapshot is kept at the most. The files that it needs are kept as long.
   *
   * @param most 10 ms to 1 day; default 1 h
   * @return a changed copy
   */
  public ElasticOptions withSnapshotAge(Duration most) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        most,
        bulkBytes,
        created);
  }

  /**
   * Changes the size at which a bulk request ends. A larger document is sent alone.
   *
   * @param bytes 1 KB to 64 MB; default 8 MB
   * @return a changed copy
   */
  public ElasticOptions withBulkBytes(int bytes) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        snapshotAge,
        bytes,
        created);
  }

  /**
   * Changes how new targets are created. Targets that exist stay as they are.
   *
   * @param options shards, replicas and refresh
   * @return a changed copy
   */
  public ElasticOptions withCreated(TargetOptions options) {
    return new ElasticOptions(
        connectTimeout,
        searchTimeout,
        requestTimeout,
        concurrentRequests,
        breakerPause,
        snapshots,
        snapshotAge,
        bulkBytes,
        options);
  }
}
