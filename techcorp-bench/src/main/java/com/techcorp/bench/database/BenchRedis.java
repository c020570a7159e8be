package com.techcorp.bench.database;

import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import com.techcorp.servers.redis.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/**
 * A Redis of a measurement's own, as the library uses it, and on one connection by Lettuce alone,
 * which all threads share.
 */
public final class BenchRedis implements AutoCloseable {
  private static final String USED_MEMORY = "used_memory:";

  /** On a slow machine there shall be low figures, and no faults. */
  private static final RedisOptions PATIENT =
      RedisOptions.DEFAULT.withTimeout(Duration.ofMinutes(1));

  private final RedisServer server;
  private final RedisCache cache;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private BenchRedis(RedisServer server) {
    this.server = server;
    this.cache = RedisCache.connect(server.uri(), PATIENT);
    this.client = RedisClient.create(server.uri());
    this.connection = client.connect();
  }

  public static BenchRedis start() {
    RedisServer server = RedisServer.start();
    try {
      BenchRedis redis = new BenchRedis(server);
      // Rewriting the file would take a core from the measurement.
      redis.commands().configSet("auto-aof-rewrite-percentage", "0");
      return redis;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where it is, for another process. */
  public String uri() {
    return server.uri();
  }

  public RedisCache cache() {
    return cache;
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  /** Bytes that the server has allocated. */
  public long usedMemory() {
    return usedMemory(commands().info("memory"));
  }

  static long usedMemory(String info) {
    return info.lines()
        .filter(line -> line.startsWith(USED_MEMORY))
        .mapToLong(line -> Long.parseLong(line.substring(USED_MEMORY.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server does not tell its memory"));
  }

  @Override
  public void close() {
    client.shutdown(); // with its connection
    cache.close();
    server.close();
  }
}
