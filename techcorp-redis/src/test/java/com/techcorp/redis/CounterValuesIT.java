package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.StockCount;
import com.techcorp.redis.internal.RedisStockCounter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of counters, and what somebody else may have put there. */
class CounterValuesIT {
  private final TestRedis redis = TestRedis.server();
  private final RedisOptions options = TestRedis.ownPrefix();
  private final RedisStockCounter counter = new RedisStockCounter(redis.servers(), options);
  private final UUID product = UUID.randomUUID();
  private final String key = options.prefix() + "inventory:product:" + product + ":available";

  @AfterEach
  void clear() {
    redis.clear(options);
  }

  @Test
  void aKeyHoldsTheUnitsAndTheVersion() {
    counter.write(List.of(new StockCount(product, 17, 1_099_511_627_783L)));

    assertThat(redis.commands().get(key)).isEqualTo("17 1099511627783");
  }

  /** A counter that went by itself would be absent until its product changes again. */
  @Test
  void aCounterHasNoTimeToLive() {
    StockCount wrong = new StockCount(product, 17, 5);
    counter.write(List.of(wrong));
    assertThat(redis.commands().ttl(key)).isEqualTo(-1);

    counter.replace(wrong, new StockCount(product, 3, 4));
    assertThat(redis.commands().get(key)).isEqualTo("3 4");
    assertThat(redis.commands().ttl(key)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "-1 5",
        "1.5 5",
        "many 5",
        "5 99999999999999999999999999999999",
        "9223372036854775808 1",
        "1 9223372036854775808",
        " 1 1",
        "1 1 1"
      })
  void whatCannotBeReadIsAsGoodAsNothing(String planted) {
    redis.commands().set(key, planted);

    assertThat(counter.read(List.of(product))).isEmpty();
    StockCount count = new StockCount(product, 3, 1);
    counter.write(List.of(count));
    assertThat(counter.read(List.of(product))).containsEntry(product, count);
  }

  @Test
  void aKeyOfAnotherTypeIsReplaced() {
    redis.commands().lpush(key, "1", "2");

    assertThat(counter.read(List.of(product))).isEmpty();
    StockCount count = new StockCount(product, 3, 1);
    counter.write(List.of(count));
    assertThat(counter.read(List.of(product))).containsEntry(product, count);
  }
}
