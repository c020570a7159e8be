package com.techcorp.redis;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The names, sizes and times of a {@link RedisCache}. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param prefix begins the name of every key. All processes must agree on it. Default empty
 * @param timeout how long a call may take altogether, whatever happens to Redis. Default 1 s
 * @param connectTimeout how long a server may take to accept a connection. Default 1 s
 * @param requestQueue requests without a reply that a connection holds; more are refused at once.
 *     Default 4,096
 * @param topologyRefresh how often the topology of a Cluster is looked up while nothing is wrong.
 *     After a fault it is looked up at once. Default 30 s
 * @param ioThreads threads that read and write, whatever the number of servers. Default 2
 */
public record RedisOptions(
    String prefix,
    Duration timeout,
    Duration connectTimeout,
    int requestQueue,
    Duration topologyRefresh,
    int ioThreads) {
  /** The defaults named above. */
  public static final RedisOptions DEFAULT =
      new RedisOptions(
          "", Duration.ofSeconds(1), Duration.ofSeconds(1), 4_096, Duration.ofSeconds(30), 2);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RedisOptions {
    Require.that(
        prefix.matches("[A-Za-z0-9._:-]{0,60}"),
        "RedisOptions.prefix",
        "at most 60 of A-Z a-z 0-9 . _ : -",
        prefix);
    Require.between("RedisOptions.timeout", timeout, Duration.ofMillis(10), Duration.ofSeconds(60));
    Require.between(
        "RedisOptions.connectTimeout",
        connectTimeout,
        Duration.ofMillis(10),
        Duration.ofSeconds(60));
    Require.between("RedisOptions.requestQueue", requestQueue, 1, 1_000_000);
    Require.atLeast("RedisOptions.topologyRefresh", topologyRefresh, Duration.ofMillis(100));
    Require.between("RedisOptions.ioThreads", ioThreads, 2, 64);
  }

  /**
   * Changes what begins the name of every key.
   *
   * @param prefix at most 60 of {@code A-Z a-z 0-9 . _ : -}; default empty
   * @return a changed copy
   */
  public RedisOptions withPrefix(String prefix) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }

  /**
   * Changes how long a call may take altogether.
   *
   * @param timeout 10 ms to 60 s; default 1 s
   * @return a changed copy
   */
  public RedisOptions withTimeout(Duration timeout) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }

  /**
   * Changes how long a server may take to accept a connection.
   *
   * @param connectTimeout 10 ms to 60 s; default 1 s
   * @return a changed copy
   */
  public RedisOptions withConnectTimeout(Duration connectTimeout) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }

  /**
   * Changes how many requests without a reply a connection holds.
   *
   * @param requestQueue 1 to 1,000,000; default 4,096
   * @return a changed copy
   */
  public RedisOptions withRequestQueue(int requestQueue) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }

  /**
   * Changes how often the topology of a Cluster is looked up while nothing is wrong.
   *
   * @param topologyRefresh at least 100 ms; default 30 s
   * @return a changed copy
   */
  public RedisOptions withTopologyRefresh(Duration topologyRefresh) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }

  /**
   * Changes how many threads read and write.
   *
   * @param ioThreads 2 to 64; default 2
   * @return a changed copy
   */
  public RedisOptions withIoThreads(int ioThreads) {
    return new RedisOptions(
        prefix, timeout, connectTimeout, requestQueue, topologyRefresh, ioThreads);
  }
}
