package com.techcorp.examples.features;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment provider in memory, which loses its first answer. Thread-safe. */
final class MemoryAcquirer implements Acquirer {
  private final Map<String, Payment> payments = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public Payment pay(String idempotencyKey, long cents, String currency, String card)
      throws IOException {
    Payment payment =
        payments.computeIfAbsent(
            idempotencyKey, key -> new Payment("pay_" + key, "paid", cents, currency, ""));
    if (calls.incrementAndGet() == 1) {
      throw new SocketTimeoutException("no answer");
    }
    return payment;
  }

  @Override
  public Payment find(String idempotencyKey) {
    return payments.getOrDefault(idempotencyKey, new Payment("", "unknown_key", 0, "", ""));
  }

  @Override
  public Payment refund(String idempotencyKey, String paymentKey, long cents) {
    String currency = find(paymentKey).currency();
    return payments.computeIfAbsent(
        idempotencyKey, key -> new Payment("ref_" + key, "refunded", cents, currency, ""));
  }

  /** How many charges there are. */
  int charges() {
    return payments.size();
  }

  /** How often it was asked to charge. */
  int calls() {
    return calls.get();
  }
}
