package com.techcorp.redis;

import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Asks Redis, over connections of its own, whether a replica has a session: after a write of its
 * own to the same master, {@code WAIT 1} speaks of all that was written before.
 */
final class ReplicaProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final RedisClient client = RedisClient.create();
  private final Function<String, RedisServer> masters;

  private ReplicaProbe(Function<String, RedisServer> masters) {
    this.masters = masters;
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
            .build());
  }

  static ReplicaProbe of(RedisCluster cluster) {
    return new ReplicaProbe(cluster::masterOf);
  }

  static ReplicaProbe of(RedisSentinel sentinel) {
    return new ReplicaProbe(key -> sentinel.master());
  }

  /** Whether a replica certainly has it; false if that cannot be said just now. */
  boolean hasSession(UUID id) {
    String key = "session:" + id;
    try {
      RedisURI uri = RedisURI.create(masters.apply(key).uri());
      uri.setTimeout(TIMEOUT);
      try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
        RedisCommands<String, String> commands = connection.sync();
        commands.set("{" + key + "}:probe", "1", SetArgs.Builder.px(60_000)); // in the same slot
        return commands.exists(key) == 1
            && commands.waitForReplication(1, TIMEOUT.toMillis() / 2) >= 1;
      }
    } catch (RuntimeException e) {
      return false; // a master is away
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
