package com.techcorp.redis;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.StockCounter;
import com.techcorp.redis.internal.RedisAddress;
import com.techcorp.redis.internal.RedisLoginLimits;
import com.techcorp.redis.internal.RedisRevocations;
import com.techcorp.redis.internal.RedisSearchCache;
import com.techcorp.redis.internal.RedisServers;
import com.techcorp.redis.internal.RedisSessionStore;
import com.techcorp.redis.internal.RedisStockCounter;
import com.techcorp.redis.internal.ServerCheck;
import com.techcorp.search.spi.SearchCache;

/**
 * What a host keeps in Redis 7.0 or newer, or Valkey 8: state that is shared by all processes, and
 * never the authority. Thread-safe; one for each process.
 *
 * <p>Redis need not be there. Each call ends within {@link RedisOptions#timeout}, with an answer or
 * with an {@link com.techcorp.error.UnavailableException}; nothing waits in memory for Redis to
 * come back, and no command is sent twice. Once Redis is back, the next call is served.
 */
public final class RedisCache implements AutoCloseable {
  private final RedisServers servers;
  private final RedisOptions options;
  private final ServerCheck check;

  private RedisCache(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.options = options;
    this.check = new ServerCheck(servers);
  }

  /**
   * Returns a cache with {@link RedisOptions#DEFAULT}.
   *
   * @param uri as in {@link #connect(String, RedisOptions)}
   * @return the cache; the caller closes it
   * @throws WiringException as there
   */
  public static RedisCache connect(String uri) {
    return connect(uri, RedisOptions.DEFAULT);
  }

  /**
   * Returns a cache on the servers at an address. If none of them can be reached, this warns in the
   * log, and they are tried again as soon as they are needed.
   *
   * @param uri {@code redis://user:password@host:port} for a single server; {@code
   *     redis-sentinel://user:password@host1:port,host2:port#master} for servers under Sentinel;
   *     {@code redis-cluster://user:password@host1:port,host2:port}, with some or all nodes, for a
   *     Cluster. {@code rediss:} and {@code rediss-cluster:} encrypt. Never logged
   * @param options names, sizes and times
   * @return the cache; the caller closes it
   * @throws WiringException if the address cannot be read, the servers refuse the credentials, are
   *     older than 7.0, or are a Cluster while the address says that they are none
   */
  public static RedisCache connect(String uri, RedisOptions options) {
    RedisServers servers = RedisServers.open(RedisAddress.parse(uri), options);
    try {
      RedisCache cache = new RedisCache(servers, options);
      cache.check.serversFit();
      return cache;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /**
   * Returns the sessions.
   *
   * @return a store of sessions, shared by all processes with the same address and prefix
   * @throws WiringException if the servers may evict sessions: their {@code maxmemory-policy} must
   *     be {@code noeviction}
   */
  public SessionStore sessions() {
    check.nothingIsEvicted();
    return new RedisSessionStore(servers, options);
  }

  /**
   * Returns the revocations of access tokens.
   *
   * @return revocations, shared by all processes with the same address and prefix
   * @throws WiringException if the servers may evict them, as with {@link #sessions}
   */
  public Revocations revocations() {
    check.nothingIsEvicted();
    return new RedisRevocations(servers, options);
  }

  /**
   * Returns the limits of login attempts.
   *
   * @return limits, shared by all processes with the same address and prefix
   * @throws WiringException if the servers may evict them, as with {@link #sessions}
   */
  public LoginLimits loginLimits() {
    check.nothingIsEvicted();
    return new RedisLoginLimits(servers, options);
  }

  /**
   * Returns the counters of available units. They may be evicted: a counter that is gone is written
   * again when its product changes, or by a repair.
   *
   * @return counters, shared by all processes with the same address and prefix
   */
  public StockCounter counters() {
    return new RedisStockCounter(servers, options);
  }

  /**
   * Returns the pages of searches, for {@code SearchSetup.withCache}. They may be evicted. While
   * Redis is away, searches go on without them.
   *
   * @return a cache of pages, shared by all processes with the same address and prefix
   */
  public SearchCache searchCache() {
    return new RedisSearchCache(servers, options);
  }

  RedisServers servers() {
    return servers;
  }

  RedisOptions options() {
    return options;
  }

  /** Closes all connections. Calls that are under way end with an exception. Idempotent. */
  @Override
  public void close() {
    servers.close();
  }
}
