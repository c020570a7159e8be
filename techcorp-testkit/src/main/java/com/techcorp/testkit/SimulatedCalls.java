package com.techcorp.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a {@link SimulatedGateway}, and says which of them fail or are lost because a
 * test asked for it. Thread-safe.
 */
final class SimulatedCalls {
  private final Map<SimulatedCall, AtomicInteger> failing = new ConcurrentHashMap<>();
  private final AtomicInteger lostRefundAnswers = new AtomicInteger();
  private final AtomicInteger lostRefunds = new AtomicInteger();
  private final Map<Counted, Integer> counts = new ConcurrentHashMap<>();

  private record Counted(SimulatedCall call, String reference) {}

  void failNext(SimulatedCall call, int times) {
    failing.computeIfAbsent(call, kind -> new AtomicInteger()).set(times);
  }

  void loseRefundAnswers(int times) {
    lostRefundAnswers.set(times);
  }

  void loseRefunds(int times) {
    lostRefunds.set(times);
  }

  /** Counts a call; true if it is to fail. */
  boolean begin(SimulatedCall call, String reference) {
    counts.merge(new Counted(call, reference), 1, Integer::sum);
    return take(failing.get(call));
  }

  /** True if the refund that was begun is to be lost on its way. */
  boolean losesRefund() {
    return take(lostRefunds);
  }

  /** True if the answer to the refund that was begun is to be lost. */
  boolean losesRefundAnswer() {
    return take(lostRefundAnswers);
  }

  private static boolean take(@Nullable AtomicInteger left) {
    return left != null && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  int count(SimulatedCall call) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().call() == call)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int count(SimulatedCall call, String reference) {
    return counts.getOrDefault(new Counted(call, reference), 0);
  }
}
