package com.techcorp.redis;

import com.techcorp.redis.internal.RedisAddress;
import com.techcorp.redis.internal.RedisServers;
import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** A Redis that all tests of this JVM share, each under a prefix of its own. Nobody hurts it. */
public final class TestRedis {
  /** Nothing is slow for a test because the machine is. */
  public static final RedisOptions PATIENT =
      RedisOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(30))
          .withConnectTimeout(Duration.ofSeconds(30));

  private static final Lazy SERVER = new Lazy(() -> server(RedisServer.shared().uri()));
  private static final Lazy SENTINEL = new Lazy(() -> server(RedisSentinel.start().uri()));
  private static final Lazy CLUSTER = new Lazy(() -> cluster(RedisCluster.start(3, 3).uri()));

  private final String uri;
  private final RedisServers servers;

  @SuppressWarnings("unused") // held: a client that nobody holds is closed by the garbage collector
  private final AbstractRedisClient client;

  private final RedisClusterCommands<String, String> commands;

  private TestRedis(
      String uri, AbstractRedisClient client, RedisClusterCommands<String, String> commands) {
    this.client = client;
    this.uri = uri;
    this.servers = RedisServers.open(RedisAddress.parse(uri), PATIENT);
    this.commands = commands;
  }

  /** A single server. */
  public static TestRedis server() {
    return SERVER.get();
  }

  /** A master, two replicas and three Sentinels. */
  public static TestRedis sentinel() {
    return SENTINEL.get();
  }

  /** Three masters and three replicas. */
  public static TestRedis cluster() {
    return CLUSTER.get();
  }

  /** Options that nobody else's keys have. */
  public static RedisOptions ownPrefix() {
    return PATIENT.withPrefix("test-" + UUID.randomUUID() + ":");
  }

  /** Its address. */
  public String uri() {
    return uri;
  }

  /** For the adapters. */
  public RedisServers servers() {
    return servers;
  }

  /** Any command. */
  public RedisClusterCommands<String, String> commands() {
    return commands;
  }

  /** All keys under a prefix. */
  public List<String> keys(RedisOptions options) {
    return commands.keys(options.prefix() + "*");
  }

  /** Deletes all keys under a prefix. */
  public void clear(RedisOptions options) {
    keys(options).forEach(commands::del);
  }

  private static TestRedis server(String uri) {
    RedisClient client = RedisClient.create(RedisURI.create(uri));
    return new TestRedis(uri, client, client.connect().sync());
  }

  private static TestRedis cluster(String uri) {
    RedisClusterClient client = RedisClusterClient.create(uri);
    return new TestRedis(uri, client, client.connect().sync());
  }

  /** Is started once. */
  private static final class Lazy {
    private final Supplier<TestRedis> start;
    private TestRedis started;

    Lazy(Supplier<TestRedis> start) {
      this.start = start;
    }

    synchronized TestRedis get() {
      if (started == null) {
        started = start.get();
      }
      return started;
    }
  }
}
