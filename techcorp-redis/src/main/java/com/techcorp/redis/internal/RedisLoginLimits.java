package com.techcorp.redis.internal;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.redis.RedisOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Limits in Redis: one key for each budget that is not full, with the time at which it will be full
 * again. The key goes at that time.
 */
public final class RedisLoginLimits implements LoginLimits {
  private static final Script TAKE = Script.of("limit", "limit_take");
  private static final Script GIVE_BACK = Script.of("limit", "limit_give_back");

  private final RedisServers servers;
  private final String prefix;

  /**
   * For limits that are shared by all processes with these servers and this prefix.
   *
   * @param servers where they are
   * @param options the prefix
   */
  public RedisLoginLimits(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.prefix = options.prefix() + "limit:";
  }

  @Override
  public Optional<Duration> take(String key, Budget budget) {
    long wait = servers.run(call(TAKE, key, budget), servers.deadline()).number(0);
    return wait == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(wait));
  }

  @Override
  public void giveBack(String key, Budget budget) {
    servers.run(call(GIVE_BACK, key, budget), servers.deadline());
  }

  private ScriptCall call(Script script, String key, Budget budget) {
    return ScriptCall.of(
        script,
        prefix + key,
        Integer.toString(budget.attempts()),
        Long.toString(budget.per().toMillis()));
  }
}
