package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Workload;
import com.techcorp.error.SoldOutException;
import com.techcorp.order.OrderOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Clients that each wait for their order and then place the next, also when one is refused or
 * fails: what is left of their throughput is what is measured.
 */
public final class TolerantClients implements AutoCloseable {
  private static final long FAILED_PAUSE_NANOS = 10_000_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final long JOIN_MILLIS = 60_000;

  private final EngineShop shop;
  private final Workload workload;
  private final long pauseNanos;
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final List<Thread> threads = new ArrayList<>();
  private volatile long confirmedLast;
  private volatile boolean stopped;

  private TolerantClients(EngineShop shop, Workload workload, Duration pause) {
    this.shop = shop;
    this.workload = workload;
    this.pauseNanos = pause.toNanos();
  }

  /**
   * Starts them.
   *
   * @param pause after an order that was refused, before the client asks again
   */
  public static TolerantClients start(
      EngineShop shop, Workload workload, int count, Duration pause) {
    TolerantClients clients = new TolerantClients(shop, workload, pause);
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < count; i++) {
      SplittableRandom random = seeds.split();
      Thread thread = new Thread(() -> clients.run(random), "bench-tolerant-" + i);
      thread.setDaemon(true);
      clients.threads.add(thread);
      thread.start();
    }
    return clients;
  }

  /** What was seen in a time. */
  public record Seen(long confirmed, long refused, long failed, long nanos) {
    public double confirmedPerSecond() {
      return confirmed * 1e9 / nanos;
    }

    public double refusedPerSecond() {
      return refused * 1e9 / nanos;
    }
  }

  /** Watches for so long, and as much longer as it takes until one has an answer. */
  public Seen watch(Duration time) {
    long began = System.nanoTime();
    long confirmedBefore = confirmed.sum();
    long refusedBefore = refused.sum();
    long failedBefore = failed.sum();
    pass(time);
    passUntil(
        () -> confirmed.sum() + refused.sum() > confirmedBefore + refusedBefore,
        "no client had an order");
    return new Seen(
        confirmed.sum() - confirmedBefore,
        refused.sum() - refusedBefore,
        failed.sum() - failedBefore,
        System.nanoTime() - began);
  }

  /** Passes so much time, and as much more as it takes until orders are confirmed. */
  public void warmUp(Duration time) {
    pass(time);
    passUntil(
        () -> confirmed.sum() + refused.sum() >= threads.size(), "no client had its first order");
  }

  private static void passUntil(BooleanSupplier done, String otherwise) {
    long giveUp = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new Verification.FailedException(otherwise + " within " + LONGEST_WAIT);
      }
      pass(LOOK);
    }
  }

  public long confirmed() {
    return confirmed.sum();
  }

  /**
   * When the client that got the only unit had its answer, by {@code System.nanoTime()}.
   *
   * @param before how many orders were confirmed before there was one
   * @param longest after so long it is given up
   */
  public OptionalLong soldAt(long before, Duration longest) {
    long giveUp = System.nanoTime() + longest.toNanos();
    while (confirmed.sum() == before) {
      if (System.nanoTime() - giveUp > 0) {
        return OptionalLong.empty();
      }
      pass(LOOK);
    }
    return OptionalLong.of(confirmedLast);
  }

  public static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = until - System.nanoTime();
    }
  }

  private void run(SplittableRandom random) {
    try {
      while (!stopped) {
        order(workload.next(random));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void order(Draft draft) throws InterruptedException {
    try {
      OrderOutcome outcome = shop.outcomeOf(draft).get();
      if (outcome instanceof OrderOutcome.Confirmed) {
        confirmedLast = System.nanoTime();
        confirmed.increment();
      } else {
        turnedAway();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SoldOutException) {
        turnedAway();
      } else {
        failed.increment();
        LockSupport.parkNanos(FAILED_PAUSE_NANOS);
      }
    }
  }

  private void turnedAway() {
    refused.increment();
    LockSupport.parkNanos(pauseNanos);
  }

  /** Waits for orders under way, and no longer than a minute for one that does not end. */
  public void stop() {
    stopped = true;
    long until = System.nanoTime() + JOIN_MILLIS * 1_000_000;
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
