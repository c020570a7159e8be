package com.techcorp.redis.internal;

import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.redis.RedisOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counters in Redis: one key for each product, with the available units and the version of the
 * stock that says so. The calls for many products travel together, to each server those of its
 * keys. A single server gets one call for many counts that are to be kept.
 */
public final class RedisStockCounter implements StockCounter {
  private static final Script WRITE = Script.of("counter", "counter_write");
  private static final Script READ = Script.of("counter", "counter_read");
  private static final Script REPLACE = Script.of("counter", "counter_replace");

  /** So few that other callers of the server do not notice. */
  private static final int KEYS_OF_A_CALL = 100;

  private final RedisServers servers;
  private final String prefix;

  /**
   * For counters that are shared by all processes with these servers and this prefix.
   *
   * @param servers where they are
   * @param options the prefix of their keys
   */
  public RedisStockCounter(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.prefix = options.prefix() + "inventory:product:";
  }

  @Override
  public void write(List<StockCount> counts) {
    int keys = servers.isCluster() ? 1 : KEYS_OF_A_CALL;
    List<StockCount> newest = newest(counts);
    List<ScriptCall> calls = new ArrayList<>();
    for (int from = 0; from < newest.size(); from += keys) {
      calls.add(writing(newest.subList(from, Math.min(newest.size(), from + keys))));
    }
    run(calls);
  }

  /** One of each product: the script takes each key once. */
  private static List<StockCount> newest(List<StockCount> counts) {
    Map<UUID, StockCount> newest = new LinkedHashMap<>();
    counts.forEach(count -> newest.merge(count.productId(), count, StockCount::newer));
    return List.copyOf(newest.values());
  }

  private ScriptCall writing(List<StockCount> counts) {
    List<String> keys = new ArrayList<>(counts.size());
    List<String> arguments = new ArrayList<>(2 * counts.size());
    for (StockCount count : counts) {
      keys.add(key(count.productId()));
      arguments.add(available(count));
      arguments.add(version(count));
    }
    return ScriptCall.of(WRITE, keys, arguments);
  }

  @Override
  public Map<UUID, StockCount> read(Collection<UUID> products) {
    List<UUID> ids = List.copyOf(products);
    List<ScriptReply> replies = run(ids.stream().map(id -> ScriptCall.of(READ, key(id))).toList());
    Map<UUID, StockCount> counts = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      ScriptReply reply = replies.get(i);
      if (reply.is("COUNT")) {
        UUID id = ids.get(i);
        counts.put(id, new StockCount(id, reply.number(1), reply.number(2)));
      }
    }
    return counts;
  }

  @Override
  public void replace(StockCount wrong, StockCount right) {
    run(
        List.of(
            ScriptCall.of(
                REPLACE,
                key(wrong.productId()),
                available(wrong),
                version(wrong),
                available(right),
                version(right))));
  }

  private List<ScriptReply> run(List<ScriptCall> calls) {
    return servers.runAll(calls, servers.deadline());
  }

  private String key(UUID productId) {
    return prefix + productId + ":available";
  }

  private static String available(StockCount count) {
    return Long.toString(count.available());
  }

  private static String version(StockCount count) {
    return Long.toString(count.version());
  }
}
