package com.techcorp.bench.workload;

/**
 * One way to take orders, opened on a database. Thread-safe: {@link #order} is called by all
 * clients at once.
 */
public interface Shop extends AutoCloseable {
  /**
   * Takes one order from the request to CONFIRMED; returns when that is durable.
   *
   * @throws Exception if it is not: no order of the benchmark may fail
   */
  void order(Draft draft) throws Exception;

  @Override
  void close();
}
