package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;

/**
 * The clients who want a product that is sold out.
 *
 * @param clients how many
 */
record Crowd(int clients) {
  /** How long each of them waits before it asks again, unless it asks at full speed. */
  static final Duration AGAIN = Duration.ofMillis(100);

  TolerantClients start(DatabaseShop shop, Duration pause) {
    return TolerantClients.start(shop.shop(), new Workload(Load.HOT), clients, pause);
  }
}
