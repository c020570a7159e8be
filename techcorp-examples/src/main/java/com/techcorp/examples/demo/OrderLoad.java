package com.techcorp.examples.demo;

import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Places orders from several threads. Each waits for the outcome of its order before it places the
 * next, as a web request would.
 */
final class OrderLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 50;

  private final Function<PlaceOrder, OrderReceipt> shop;
  private final List<PlaceOrder> requests;
  private final BooleanSupplier stopped;
  private final Tally tally;
  private final Listener listener;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch running;
  private volatile long begun;
  private volatile long ended;

  /** Is told, on the client's thread, what becomes of each request, by its place in the list. */
  interface Listener {
    /** {@code place} has returned: the order is durable. */
    default void placed(int index, UUID orderId) {}

    /** The order has ended; the reason is null if it was confirmed. */
    default void ended(int index, @Nullable String cancelReason, long nanos) {}

    /** The request was given up. */
    default void failed(int index, String why) {}
  }

  OrderLoad(
      Function<PlaceOrder, OrderReceipt> shop,
      List<PlaceOrder> requests,
      int threads,
      BooleanSupplier stopped) {
    this(shop, requests, threads, stopped, new Tally(), new Listener() {});
  }

  /**
   * A load that is told of.
   *
   * @param shop places an order
   * @param stopped whether no more orders are to be placed
   */
  OrderLoad(
      Function<PlaceOrder, OrderReceipt> shop,
      List<PlaceOrder> requests,
      int threads,
      BooleanSupplier stopped,
      Tally tally,
      Listener listener) {
    this.shop = shop;
    this.requests = requests;
    this.stopped = stopped;
    this.tally = tally;
    this.listener = listener;
    this.running = new CountDownLatch(threads);
  }

  void start() {
    begun = System.nanoTime();
    for (long i = running.getCount(); i > 0; i--) {
      Thread thread = new Thread(this::work, "demo-client-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Waits a while for all threads; true when they are done. */
  boolean await(Duration limit) throws InterruptedException {
    return running.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  void await() throws InterruptedException {
    running.await();
  }

  private void work() {
    try {
      int index = next.getAndIncrement();
      while (index < requests.size() && !stopped.getAsBoolean()) {
        order(index);
        index = next.getAndIncrement();
      }
    } finally {
      ended = System.nanoTime();
      running.countDown();
    }
  }

  private void order(int index) {
    tally.started();
    long start = System.nanoTime();
    try {
      // Placing again is safe: the cart is the key. Only the outcome is asked for after that, for
      // the key of an order that was cancelled is free again.
      OrderReceipt receipt = patiently(() -> shop.apply(requests.get(index)));
      listener.placed(index, receipt.orderId());
      OrderOutcome outcome = patiently(() -> receipt.outcome().join());
      long took = System.nanoTime() - start;
      String cancelReason = Tally.cancelReason(outcome);
      tally.ended(cancelReason, took);
      listener.ended(index, cancelReason, took);
    } catch (RuntimeException e) {
      tally.failed(reason(e));
      listener.failed(index, reason(e));
    }
  }

  private static <T> T patiently(Supplier<T> call) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        Throwable cause = e instanceof CompletionException ? e.getCause() : e;
        boolean passes =
            cause instanceof OverloadedException || cause instanceof UnavailableException;
        if (!passes || System.nanoTime() - giveUp > 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String reason(RuntimeException e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return cause instanceof TechCorpException
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }

  Tally tally() {
    return tally;
  }

  int size() {
    return requests.size();
  }

  /** From the first order to now, or to the last outcome. */
  Duration elapsed() {
    return Duration.ofNanos((running.getCount() == 0 ? ended : System.nanoTime()) - begun);
  }
}
