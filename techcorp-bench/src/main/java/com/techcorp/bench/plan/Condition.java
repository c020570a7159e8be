package com.techcorp.bench.plan;

import com.techcorp.bench.database.Tables;
import com.techcorp.bench.workload.Load;
import java.time.Duration;

/**
 * One set of conditions under which the contenders are compared.
 *
 * @param load which products are bought
 * @param tables what is in the tables before
 * @param provider how long the payment provider takes
 * @param clients how many wait for an order each
 */
public record Condition(Load load, Tables tables, Duration provider, int clients) {
  /**
   * The conditions without the number of clients: what is one table of the report.
   *
   * @param load which products are bought
   * @param tables what is in the tables before
   * @param provider how long the payment provider takes
   */
  public record Group(Load load, Tables tables, Duration provider) {
    @Override
    public String toString() {
      return load + ", " + tables + " tables, provider " + provider.toMillis() + " ms";
    }
  }

  public Group group() {
    return new Group(load, tables, provider);
  }

  @Override
  public String toString() {
    return group() + ", " + clients + (clients == 1 ? " client" : " clients");
  }
}
