package com.techcorp.bench.contender;

import com.techcorp.bench.workload.AsyncShop;
import com.techcorp.bench.workload.Draft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The engine behind a host that keeps no thread for an order, as a reactive one does. */
final class AsyncEngineShop implements AsyncShop {
  private final EngineShop shop;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(), AsyncEngineShop::daemon);

  AsyncEngineShop(EngineShop shop) {
    this.shop = shop;
  }

  @Override
  public void order(Draft draft) {
    shop.order(draft);
  }

  @Override
  public CompletableFuture<Void> orderAsync(Draft draft) {
    return shop.orderAsync(draft);
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public void close() {
    shop.close();
    executor.shutdown();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bench-clients");
    thread.setDaemon(true);
    return thread;
  }
}
