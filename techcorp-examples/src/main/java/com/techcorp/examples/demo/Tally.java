package com.techcorp.examples.demo;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts how orders ended, and keeps how long they took. Thread-safe. */
final class Tally {
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger confirmed = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<String, Integer> reasons = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private final Object timesLock = new Object();
  private long[] nanos = new long[1_024];
  private int times;

  void started() {
    started.incrementAndGet();
  }

  /** Orders that were begun and have not ended are about to be begun again. */
  void unendedStartAgain() {
    started.set(ended());
  }

  /**
   * An order has ended.
   *
   * @param cancelReason in words, or null if it was confirmed
   * @param took from {@code place} to the outcome
   */
  void ended(@Nullable String cancelReason, long took) {
    if (cancelReason == null) {
      confirmed.incrementAndGet();
    } else {
      cancelled.incrementAndGet();
      reasons.merge(cancelReason, 1, Integer::sum);
    }
    synchronized (timesLock) {
      if (times == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * times);
      }
      nanos[times++] = took;
    }
  }

  void failed(String why) {
    failed.incrementAndGet();
    firstFailure.compareAndSet(null, why);
  }

  /** Why an order was cancelled, in words; null if it was not. */
  static @Nullable String cancelReason(OrderOutcome outcome) {
    return outcome instanceof OrderOutcome.Cancelled ended ? text(ended.reason()) : null;
  }

  private static String text(CancelReason reason) {
    if (reason instanceof CancelReason.Declined declined) {
      return "declined (" + declined.code() + ")";
    }
    if (reason instanceof CancelReason.Refused refused) {
      return "refused (" + refused.code() + ")";
    }
    if (reason instanceof CancelReason.OutOfStock) {
      return "out of stock";
    }
    if (reason instanceof CancelReason.Expired) {
      return "payment not decided in time";
    }
    return reason instanceof CancelReason.PaymentUnavailable
        ? "payment provider out of reach"
        : "by request";
  }

  /** From {@code place} to the outcome, of every order that has one; ascending. */
  long[] sortedNanos() {
    synchronized (timesLock) {
      long[] sorted = Arrays.copyOf(nanos, times);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  int startedCount() {
    return started.get();
  }

  int confirmedCount() {
    return confirmed.get();
  }

  int cancelledCount() {
    return cancelled.get();
  }

  int failedCount() {
    return failed.get();
  }

  int ended() {
    return confirmed.get() + cancelled.get() + failed.get();
  }

  /** How many were cancelled, by reason. */
  Map<String, Integer> reasons() {
    return new TreeMap<>(reasons);
  }

  @Nullable String firstFailure() {
    return firstFailure.get();
  }
}
