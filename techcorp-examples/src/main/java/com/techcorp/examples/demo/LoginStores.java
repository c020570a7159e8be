package com.techcorp.examples.demo;

import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import com.techcorp.servers.redis.RedisServer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run with logins keeps beside the database.
 *
 * @param sessions of the customers
 * @param revocations of their access tokens
 * @param limits of attempts to log in
 * @param redis where these are; null: inside this process
 */
record LoginStores(
    SessionStore sessions, Revocations revocations, LoginLimits limits, @Nullable RedisCache redis)
    implements AutoCloseable {
  /** The address of a Redis that the environment names, or null. */
  static @Nullable String given() {
    String url = System.getenv(RedisServer.URL_VARIABLE);
    return url == null || url.isBlank() ? null : url;
  }

  /**
   * Opens the stores.
   *
   * @param address of a Redis, where keys of this run's own are used; null: inside this process
   * @throws com.techcorp.error.UnavailableException if Redis does not answer
   */
  static LoginStores open(@Nullable String address) {
    if (address == null) {
      return new LoginStores(
          MemorySessionStore.create(),
          MemoryRevocations.create(),
          MemoryLoginLimits.create(),
          null);
    }
    UUID run = UUID.randomUUID();
    RedisCache redis =
        RedisCache.connect(address, RedisOptions.DEFAULT.withPrefix("demo-" + run + ":"));
    try {
      SessionStore sessions = redis.sessions();
      sessions.epoch(run); // a Redis that is away would fail each order of the run
      return new LoginStores(sessions, redis.revocations(), redis.loginLimits(), redis);
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
  }

  String description() {
    return redis == null ? "inside this process" : "in Redis, under keys of this run's own";
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
  }
}
