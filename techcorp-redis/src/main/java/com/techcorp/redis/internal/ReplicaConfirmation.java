package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Waits until the replicas that there are have what was written over a connection, so that a
 * fail-over does not lose it. A replica counts as long as it acknowledges what it gets; one that
 * hangs holds nobody up for more than a few seconds.
 */
final class ReplicaConfirmation {
  /** A replica acknowledges once a second. */
  private static final int MAX_LAG_SECONDS = 2;

  /** Of the time that is left, for the reply. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private static final Pattern REPLICA = Pattern.compile("slave\\d+:.*state=online.*lag=(\\d+).*");

  private ReplicaConfirmation() {}

  /**
   * Waits for the replicas.
   *
   * @throws UnavailableException if not all of them confirm in time
   */
  static void await(Link link, Deadline deadline) {
    RedisAsyncCommands<String, byte[]> commands = link.connection().async();
    try {
      int replicas = replicas(Replies.await(commands.info("replication"), deadline));
      if (replicas == 0) {
        return;
      }
      long millis = Duration.ofNanos(deadline.nanosLeft()).minus(MARGIN).toMillis();
      long confirmed =
          Replies.await(
              commands.waitForReplication(replicas, Math.max(1, millis)), // 0: for ever
              deadline);
      if (confirmed < replicas) {
        throw new UnavailableException(
            "Redis has done it, but a replica did not confirm it in time: repeat the call");
      }
    } catch (RedisCommandExecutionException e) {
      throw RedisFaults.unavailable(e);
    }
  }

  /** How many there are, by {@code INFO replication}. */
  static int replicas(String info) {
    return (int)
        info.lines()
            .map(REPLICA::matcher)
            .filter(Matcher::matches)
            .filter(line -> Long.parseLong(line.group(1)) <= MAX_LAG_SECONDS)
            .count();
  }
}
