package com.techcorp.bench.measure;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.AsyncShop;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Shop;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Clients that each wait for one order to be CONFIRMED before they place the next: on a thread of
 * their own, or on none where the shop can be asked without waiting. They run from the warm-up to
 * the end without a pause; what counts is what is confirmed inside the window.
 */
public final class ClosedLoop {
  private static final int DIGITS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int LONGEST_SECONDS = 600;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 50_000_000;
  private static final int LONGER = 2;

  private final Shop shop;
  private final Workload workload;
  private final int clients;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong tickets = new AtomicLong(Long.MAX_VALUE);
  private volatile long opened;
  private volatile boolean measuring;
  private volatile boolean answered;
  private volatile boolean stopped;

  public ClosedLoop(Shop shop, Workload workload, int clients) {
    this.shop = shop;
    this.workload = workload;
    this.clients = clients;
  }

  /** Is told when the window opens and closes, while the clients go on. */
  public interface Window {
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
   * @param timeline orders confirmed in each second since the window opened, the last one not whole
   */
  public record Result(
      long confirmed, long all, long nanos, Histogram latencies, List<Long> timeline) {
    public Result {
      if (confirmed == 0) {
        throw new Verification.FailedException(
            "no order was confirmed while it was measured: measure for longer");
      }
    }

    public double perSecond() {
      return confirmed * 1e9 / nanos;
    }

    public double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /** Places one order after another. */
  private abstract class Client {
    private final Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    private final long[] timeline = new long[LONGEST_SECONDS];
    private final SplittableRandom random;
    private long confirmed;
    private long all;

    Client(SplittableRandom random) {
      this.random = random;
    }

    abstract void start();

    abstract void join() throws InterruptedException;

    final boolean goesOn() {
      return !stopped && tickets.getAndDecrement() > 0;
    }

    final Draft next() {
      return workload.next(random);
    }

    final void confirmed(long began) {
      long now = System.nanoTime();
      all++;
      if (measuring) {
        if (!answered) { // to write it each time would cost
          answered = true;
        }
        confirmed++;
        timeline[second(now - opened)]++;
        latencies.recordValue(Math.min(now - began, LONGEST.toNanos()));
      }
    }

    final void failed(Throwable cause) {
      failure.compareAndSet(null, cause);
      stopped = true;
    }
  }

  private final class WaitingClient extends Client {
    private final Thread thread;

    WaitingClient(SplittableRandom random, int number) {
      super(random);
      this.thread = new Thread(this::run, "bench-client-" + number);
      thread.setDaemon(true);
    }

    @Override
    void start() {
      thread.start();
    }

    private void run() {
      try {
        while (goesOn()) {
          Draft draft = next();
          long began = System.nanoTime();
          shop.order(draft);
          confirmed(began);
        }
      } catch (Exception | LinkageError | AssertionError e) {
        failed(e);
      }
    }

    @Override
    void join() throws InterruptedException {
      thread.join();
    }
  }

  /** One order at a time, and so seen by one thread at a time. */
  private final class AsyncClient extends Client {
    private final AsyncShop shop;
    private final Executor executor;
    private final CountDownLatch done = new CountDownLatch(1);

    AsyncClient(SplittableRandom random, AsyncShop shop, Executor executor) {
      super(random);
      this.shop = shop;
      this.executor = executor;
    }

    @Override
    void start() {
      executor.execute(this::place);
    }

    private void place() {
      if (!goesOn()) {
        done.countDown();
        return;
      }
      Draft draft = next();
      long began = System.nanoTime();
      shop.orderAsync(draft)
          .whenCompleteAsync((nothing, failed) -> placed(began, failed), executor);
    }

    private void placed(long began, @Nullable Throwable failed) {
      if (failed == null) {
        confirmed(began);
      } else {
        failed(failed);
      }
      place();
    }

    @Override
    void join() throws InterruptedException {
      done.await();
    }
  }

  /** So many orders, however long they take; all of them count. */
  public Result run(long orders) throws InterruptedException {
    tickets.set(orders);
    List<Client> all = clients();
    opened = System.nanoTime();
    measuring = true;
    all.forEach(Client::start);
    return joined(all, 0);
  }

  /**
   * For so long, once the JVM is at rest: for that the warm-up may take three times as long. The
   * window stays open until an order is confirmed, for half a minute at most.
   */
  public Result run(Duration warmUp, Duration measured, Window window) throws InterruptedException {
    List<Client> all = clients();
    all.forEach(Client::start);
    sleep(warmUp);
    JitCompiler.awaitRest(warmUp.multipliedBy(LONGER), () -> stopped);
    window.opened();
    opened = System.nanoTime();
    measuring = true;
    sleep(measured);
    awaitAnswer();
    measuring = false;
    long nanos = System.nanoTime() - opened;
    window.closed();
    stopped = true;
    return joined(all, nanos);
  }

  private List<Client> clients() {
    List<Client> all = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < clients; i++) {
      all.add(client(seeds.split(), i));
    }
    return all;
  }

  private Client client(SplittableRandom random, int number) {
    return shop instanceof AsyncShop async
        ? new AsyncClient(random, async, async.executor())
        : new WaitingClient(random, number);
  }

  /** Without a window, the time is that until the last client is done. */
  private Result joined(List<Client> all, long window) throws InterruptedException {
    for (Client client : all) {
      client.join();
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("an order failed: " + failed, failed);
    }
    return result(all, window == 0 ? System.nanoTime() - opened : window);
  }

  /** Ends early when a client failed. */
  private void sleep(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      left = until - System.nanoTime();
    }
  }

  private void awaitAnswer() {
    long began = System.nanoTime();
    while (!answered && !stopped && System.nanoTime() - began < LONGEST_WAIT.toNanos()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static int second(long nanos) {
    return (int) Math.min(LONGEST_SECONDS - 1, nanos / 1_000_000_000);
  }

  private static Result result(List<Client> clients, long nanos) {
    Histogram latencies = new Histogram(LONGEST.toNanos(), DIGITS);
    long confirmed = 0;
    long all = 0;
    long[] timeline = new long[second(nanos) + 1];
    for (Client client : clients) {
      for (int i = 0; i < timeline.length; i++) {
        timeline[i] += client.timeline[i];
      }
      latencies.add(client.latencies);
      confirmed += client.confirmed;
      all += client.all;
    }
    List<Long> seconds = Arrays.stream(timeline).boxed().toList();
    return new Result(confirmed, all, nanos, latencies, seconds);
  }
}
