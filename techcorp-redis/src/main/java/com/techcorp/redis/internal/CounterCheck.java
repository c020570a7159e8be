package com.techcorp.redis.internal;

import com.techcorp.StockDrift;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.DriftReport.Difference;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.redis.RedisOptions;
import com.techcorp.redis.RedisReport;
import com.techcorp.redis.RedisReport.Checked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of {@code RedisCheck} over the counters of available units. */
public final class CounterCheck {
  private static final String RULE = "counter-equals-stock";
  private static final String MEANING = "each product has a counter that agrees with the database";

  private final StockDrift drift;
  private final Duration slack;

  /**
   * For one run.
   *
   * @param servers where the counters are
   * @param options their prefix
   * @param ledger what they count
   * @param slack how long a counter may differ, because its write is under way
   */
  public CounterCheck(
      RedisServers servers, RedisOptions options, StockLedger ledger, Duration slack) {
    this.drift = StockDrift.between(ledger, new RedisStockCounter(servers, options));
    this.slack = slack;
  }

  /**
   * Compares all counters.
   *
   * @param keys what was found in the other keys
   * @return that, and what was found here
   * @throws com.techcorp.error.UnavailableException if Redis or the database cannot be read
   */
  public RedisReport addTo(RedisReport keys) {
    DriftReport found = drift.measureTwice(slack);
    List<String> named =
        found.differences().stream().limit(RedisReport.NAMED).map(Difference::text).toList();
    Map<String, Long> scope = new LinkedHashMap<>(keys.scope());
    scope.put("products", found.products());
    List<Checked> rules = new ArrayList<>(keys.rules());
    rules.add(new Checked(RULE, MEANING, found.total(), named));
    return new RedisReport(scope, rules);
  }
}
