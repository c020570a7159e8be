package com.techcorp.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Clients that each wait for one order to be CONFIRMED before they place the next. They run from
 * the warm-up to the end without a pause; what counts is what is confirmed inside the window.
 */
final class ClosedLoop {
  private static final int DIGITS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Shop shop;
  private final Workload workload;
  private final int clients;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean measuring;
  private volatile boolean stopped;

  ClosedLoop(Shop shop, Workload workload, int clients) {
    this.shop = shop;
    this.workload = workload;
    this.clients = clients;
  }

  /** Is told when the window opens and closes, while the clients go on. */
  interface Window {
    /** The warm-up is over. */
    default void opened() {}

    /** The measured time is over. */
    default void closed() {}
  }

  /**
   * What came of it.
   *
   * @param confirmed orders confirmed inside the window
   * @param all orders confirmed, also in the warm-up and after the window
   * @param nanos length of the window
   * @param latencies of the orders inside the window, in nanoseconds
   */
  record Result(long confirmed, long all, long nanos, Histogram latencies) {
    double perSecond() {
      return confirmed * 1e9 / nanos;
    }

    double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private final class Client extends Thread {
    private final Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    private final SplittableRandom random;
    private long confirmed;
    private long all;

    Client(SplittableRandom random, int number) {
      super("bench-client-" + number);
      this.random = random;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!stopped) {
          Draft draft = workload.next(random);
          long began = System.nanoTime();
          shop.order(draft);
          long took = System.nanoTime() - began;
          all++;
          if (measuring) {
            confirmed++;
            latencies.recordValue(Math.min(took, LONGEST.toNanos()));
          }
        }
      } catch (Exception | LinkageError | AssertionError e) {
        failure.compareAndSet(null, e);
        stopped = true;
      }
    }
  }

  Result run(Duration warmUp, Duration measured, Window window) throws InterruptedException {
    List<Client> all = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < clients; i++) {
      all.add(new Client(seeds.split(), i));
    }
    all.forEach(Thread::start);
    sleep(warmUp);
    window.opened();
    long began = System.nanoTime();
    measuring = true;
    sleep(measured);
    measuring = false;
    long nanos = System.nanoTime() - began;
    window.closed();
    stopped = true;
    for (Client client : all) {
      client.join();
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("an order failed: " + failed, failed);
    }
    return result(all, nanos);
  }

  /** Ends early when a client failed. */
  private void sleep(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped) {
      LockSupport.parkNanos(Math.min(left, 50_000_000));
      left = until - System.nanoTime();
    }
  }

  private static Result result(List<Client> clients, long nanos) {
    Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    long confirmed = 0;
    long all = 0;
    for (Client client : clients) {
      latencies.add(client.latencies);
      confirmed += client.confirmed;
      all += client.all;
    }
    return new Result(confirmed, all, nanos, latencies);
  }
}
