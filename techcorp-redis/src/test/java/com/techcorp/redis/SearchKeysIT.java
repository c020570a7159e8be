package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.redis.internal.RedisSearchCache;
import com.techcorp.search.Match;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache.Lease;
import com.techcorp.search.spi.SearchCache.LookUp;
import com.techcorp.search.spi.SearchCache.PageKey;
import com.techcorp.search.spi.SearchCache.Times;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What searches keep in Redis. */
class SearchKeysIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final PageKey SHIRTS = new PageKey("products", "a".repeat(64));
  private static final SearchPage PAGE =
      new SearchPage(List.of(), 0, List.of(), Match.AS_TYPED, "shirt", null, false);

  private final TestRedis redis = TestRedis.server();
  private final RedisOptions options = TestRedis.ownPrefix();
  private final RedisSearchCache cache = new RedisSearchCache(redis.servers(), options);
  private final String place = options.prefix() + "search:{products}:";

  @AfterEach
  void clear() {
    redis.clear(options);
  }

  private LookUp lookUp() {
    return cache.lookUp(SHIRTS, LONG, 0);
  }

  private void put() {
    Lease lease = ((LookUp.Miss) lookUp()).lease();
    assertThat(cache.store(SHIRTS, lease, PAGE, new Times(LONG, LONG, Duration.ZERO))).isTrue();
  }

  @Test
  void aQueryHasOnePageAndNoKeyLivesForEver() {
    cache.moveTo("products", 7);
    put();
    cache.moveTo("products", 8);
    put();

    List<String> keys = redis.keys(options);
    assertThat(keys)
        .containsExactlyInAnyOrder(
            place + "generation", place + "8:" + SHIRTS.query(), place + "last:" + SHIRTS.query());
    assertThat(keys).allMatch(key -> redis.commands().pttl(key) > 0);
  }

  @Test
  void aGenerationThatWasEvictedComesBack() {
    cache.moveTo("products", 7);
    put();

    redis.commands().del(place + "generation");

    assertThat(lookUp()).isEqualTo(new LookUp.Hit(PAGE, null));
    assertThat(redis.commands().get(place + "generation")).isEqualTo("7");
  }

  @Test
  void aPageOfAnotherVersionOfTheLibraryIsLeftAlone() {
    put();
    String key = place + "0:" + SHIRTS.query();
    String times = redis.commands().get(key).replaceAll("\\{.*", "");

    redis.commands().set(key, times + "{\"hits\":\"none\"}");
    assertThat(lookUp()).isEqualTo(new LookUp.Away());
    assertThat(cache.lastPage(SHIRTS)).isEmpty();
    redis.commands().del(key);
    redis.commands().lpush(key, "a list");

    assertThat(lookUp()).isInstanceOf(LookUp.Miss.class);
  }
}
