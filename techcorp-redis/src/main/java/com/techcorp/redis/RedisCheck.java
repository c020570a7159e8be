package com.techcorp.redis;

import com.techcorp.StockDrift;
import com.techcorp.error.Require;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.redis.internal.CounterCheck;
import com.techcorp.redis.internal.KeyCheck;
import com.techcorp.redis.internal.RedisServers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the library keeps in Redis, for tests and for operators: whether all keys have a time
 * to live, whether a value holds a token, whether sessions and the lists of them agree, and, with
 * {@link #withStock}, whether counters agree with the stock.
 *
 * <pre>{@code
 * try (RedisCache cache = RedisCache.connect(uri)) {
 *   RedisReport report = RedisCheck.on(cache).run();
 * }
 * }</pre>
 *
 * <p>It reads all keys under the prefix, on a single server, on the master under Sentinel and on
 * each master of a Cluster. It reads them in small batches ({@code SCAN}), so others go on, and it
 * writes nothing. The user of the address needs {@code SCAN}, {@code GETRANGE}, {@code HSCAN},
 * {@code ZSCAN}, {@code EXISTS} and {@code HEXISTS} beside what {@link RedisCache} needs.
 *
 * <p>What it finds is no snapshot: logins and logouts go on meanwhile. A session and a list that do
 * not agree are looked at again after the {@link #withSlack}. A server that is lost while it reads
 * ends the check. While slots move from one master to another, keys may be left out.
 *
 * <p>Texts name keys and ids only, never a value. Immutable and thread-safe.
 */
public final class RedisCheck {
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

  private final RedisServers servers;
  private final RedisOptions options;
  private final Duration lifetime;
  private final Duration slack;
  private final boolean idleTimeOut;
  private final @Nullable StockLedger stock;

  private RedisCheck(
      RedisServers servers,
      RedisOptions options,
      Duration lifetime,
      Duration slack,
      boolean idleTimeOut,
      @Nullable StockLedger stock) {
    this.servers = servers;
    this.options = options;
    this.lifetime = lifetime;
    this.slack = slack;
    this.idleTimeOut = idleTimeOut;
    this.stock = stock;
  }

  /**
   * Returns a check of the keys of a cache.
   *
   * @param cache with the prefix of the keys; it stays open
   * @return the check, with the defaults: 7 days, 2 s slack, no idle time-out, no stock
   */
  public static RedisCheck on(RedisCache cache) {
    return new RedisCheck(
        cache.servers(), cache.options(), LONGEST_LIFETIME, Duration.ofSeconds(2), false, null);
  }

  /**
   * Changes how long a session may last. Default: 7 days.
   *
   * @param lifetime 1 s to 7 days, as the application gives it to its sessions
   * @return the check with this lifetime
   * @throws com.techcorp.error.WiringException if it is out of range
   */
  public RedisCheck withLifetime(Duration lifetime) {
    Require.between("RedisCheck.lifetime", lifetime, Duration.ofSeconds(1), LONGEST_LIFETIME);
    return new RedisCheck(servers, options, lifetime, slack, idleTimeOut, stock);
  }

  /**
   * Changes how long an end of a session may take, for in the middle of it a list has an entry
   * without a session; how long a counter may wait for its write; and how far clocks of servers may
   * differ. Default: 2 s.
   *
   * @param slack zero to an hour; longer than {@link RedisOptions#timeout} of the application
   * @return the check with this slack
   * @throws com.techcorp.error.WiringException if it is out of range
   */
  public RedisCheck withSlack(Duration slack) {
    Require.between("RedisCheck.slack", slack, Duration.ZERO, Duration.ofHours(1));
    return new RedisCheck(servers, options, lifetime, slack, idleTimeOut, stock);
  }

  /**
   * Changes whether sessions end by an idle time-out. Then their entries stay in the lists until
   * somebody reads those, and are not reported. Default: false.
   *
   * @param idleTimeOut whether the application's sessions have one
   * @return the check with or without the rule
   */
  public RedisCheck withIdleTimeOut(boolean idleTimeOut) {
    return new RedisCheck(servers, options, lifetime, slack, idleTimeOut, stock);
  }

  /**
   * Also compares the counters of available units with what they count, as {@link StockDrift} does.
   * What differs is looked at again after the {@link #withSlack}, so that a write under way is no
   * violation. Default: counters are not compared.
   *
   * @param ledger such as {@code storage.stock()}
   * @return the check with the rule {@code counter-equals-stock}
   */
  public RedisCheck withStock(StockLedger ledger) {
    Objects.requireNonNull(ledger, "ledger");
    return new RedisCheck(servers, options, lifetime, slack, idleTimeOut, ledger);
  }

  /**
   * Reads all keys and reports what is wrong.
   *
   * @return what was checked and what was found
   * @throws com.techcorp.error.UnavailableException if Redis cannot be read: a server is away, does
   *     not answer in time or permits too little; or if the stock cannot be read
   */
  public RedisReport run() {
    RedisReport keys = new KeyCheck(servers, options, lifetime, slack, idleTimeOut).run();
    return stock == null ? keys : new CounterCheck(servers, options, stock, slack).addTo(keys);
  }
}
