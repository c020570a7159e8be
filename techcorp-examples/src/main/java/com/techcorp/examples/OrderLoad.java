package com.techcorp.examples;

import com.techcorp.error.Overloaded;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.Unavailable;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.PlaceOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Places orders from several threads. Each waits for the outcome of its order before it places the
 * next, as a web request would.
 */
final class OrderLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 50;

  private final OrderSaga orders;
  private final List<PlaceOrder> requests;
  private final BooleanSupplier stopped;
  private final Tally tally = new Tally();
  private final AtomicInteger next = new AtomicInteger();
  private final long[] nanos;
  private final CountDownLatch running;
  private volatile long begun;
  private volatile long ended;

  OrderLoad(OrderSaga orders, List<PlaceOrder> requests, int threads, BooleanSupplier stopped) {
    this.orders = orders;
    this.requests = requests;
    this.stopped = stopped;
    this.nanos = new long[requests.size()];
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
      OrderReceipt receipt = patiently(() -> orders.place(requests.get(index)));
      OrderOutcome outcome = patiently(() -> receipt.outcome().join());
      nanos[index] = System.nanoTime() - start;
      tally.ended(outcome);
    } catch (RuntimeException e) {
      tally.failed(reason(e));
    }
  }

  private static <T> T patiently(Supplier<T> call) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        Throwable cause = e instanceof CompletionException ? e.getCause() : e;
        boolean passes = cause instanceof Overloaded || cause instanceof Unavailable;
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

  /** From {@code place} to the outcome, of every order that has one; ascending. */
  long[] sortedNanos() {
    return Arrays.stream(nanos).filter(n -> n > 0).sorted().toArray();
  }
}
