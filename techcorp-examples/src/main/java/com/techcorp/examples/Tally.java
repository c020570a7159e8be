package com.techcorp.examples;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts how orders ended. Thread-safe. */
final class Tally {
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger confirmed = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<String, Integer> reasons = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

  void started() {
    started.incrementAndGet();
  }

  void ended(OrderOutcome outcome) {
    if (outcome instanceof OrderOutcome.Cancelled ended) {
      cancelled.incrementAndGet();
      reasons.merge(text(ended.reason()), 1, Integer::sum);
    } else {
      confirmed.incrementAndGet();
    }
  }

  void failed(String why) {
    failed.incrementAndGet();
    firstFailure.compareAndSet(null, why);
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
