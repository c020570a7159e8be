package com.techcorp.redis.internal;

import com.techcorp.error.InvalidInputException;
import com.techcorp.redis.RedisOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchPageJson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pages in Redis: {@code search:{index}:generation:SHA-256} holds a page with its times, and {@code
 * search:{index}:generation} the number of the generation that is current. Each script reads both,
 * so that none sees a page of a past generation as a current one. Keys may be evicted.
 */
public final class RedisSearchCache implements SearchCache {
  private static final Script LOOK_UP = Script.of("pages", "pages_look_up");
  private static final Script STORE = Script.of("pages", "pages_store");
  private static final Script RELEASE = Script.of("pages", "pages_release");
  private static final Script LAST = Script.of("pages", "pages_last");
  private static final Script MOVE = Script.of("pages", "pages_move");

  private final RedisServers servers;
  private final String prefix;
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  /**
   * For pages that are shared by all processes with these servers and this prefix.
   *
   * @param servers where they are
   * @param options the prefix of their keys
   */
  public RedisSearchCache(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.prefix = options.prefix() + "search:";
  }

  @Override
  public LookUp lookUp(PageKey key, Duration lease, double earliness) {
    String token = UUID.randomUUID().toString();
    ScriptReply reply =
        run(
            LOOK_UP,
            key.index(),
            key.query(),
            known(key.index()),
            token,
            millis(lease),
            Double.toString(earliness));
    long generation = reply.number(1);
    return switch (reply.word()) {
      case "HIT" -> hit(reply, token, generation);
      case "MISS" -> new LookUp.Miss(new Lease(token, generation));
      default -> new LookUp.Taken(generation);
    };
  }

  private static LookUp hit(ScriptReply reply, String token, long generation) {
    return page(reply.text(2))
        .<LookUp>map(
            page -> new LookUp.Hit(page, reply.size() > 3 ? new Lease(token, generation) : null))
        .orElseGet(LookUp.Away::new);
  }

  /** Empty: another version of the library has written it. */
  private static Optional<SearchPage> page(String json) {
    try {
      return Optional.of(SearchPageJson.read(json));
    } catch (IllegalArgumentException | InvalidInputException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean store(PageKey key, Lease lease, SearchPage page, Times times) {
    return run(
            STORE,
            key.index(),
            key.query(),
            known(key.index()),
            lease.token(),
            millis(times.current()),
            millis(times.stale()),
            Long.toString(times.query().toNanos() / 1_000),
            SearchPageJson.write(page))
        .is("STORED");
  }

  @Override
  public void release(PageKey key, Lease lease) {
    run(RELEASE, key.index(), key.query(), lease.token(), Long.toString(lease.generation()));
  }

  @Override
  public Optional<SearchPage> lastPage(PageKey key) {
    ScriptReply reply = run(LAST, key.index(), key.query());
    return reply.is("PAGE") ? page(reply.text(1)) : Optional.empty();
  }

  @Override
  public void moveTo(String index, long generation) {
    known.merge(index, generation, Math::max);
    run(MOVE, index, Long.toString(generation));
  }

  /** What Redis is told with each look-up, because it may have lost its own number. */
  private String known(String index) {
    return Long.toString(known.getOrDefault(index, 0L));
  }

  private static String millis(Duration time) {
    return Long.toString(Math.max(1, time.toMillis()));
  }

  private ScriptReply run(Script script, String index, String... arguments) {
    String key = prefix + '{' + index + "}:generation";
    return servers.run(ScriptCall.of(script, key, arguments), servers.deadline());
  }
}
