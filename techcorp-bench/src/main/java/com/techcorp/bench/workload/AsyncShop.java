package com.techcorp.bench.workload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A shop whose clients hold no thread while they wait. Thread-safe. */
public interface AsyncShop extends Shop {
  /**
   * Takes one order from the request to CONFIRMED.
   *
   * @return completes when that is durable, or exceptionally if it is not: no order of the
   *     benchmark may fail
   */
  CompletableFuture<Void> orderAsync(Draft draft);

  /** Where clients go on when their order is confirmed. */
  Executor executor();
}
