package com.techcorp.examples.features;

import java.io.IOException;

/** The client that a payment provider ships. It charges once for each idempotency key. */
interface Acquirer {
  Payment pay(String idempotencyKey, long cents, String currency, String card) throws IOException;

  Payment find(String idempotencyKey) throws IOException;

  Payment refund(String idempotencyKey, String paymentKey, long cents) throws IOException;

  /**
   * What the provider knows of a key.
   *
   * @param id the provider's own
   * @param state {@code paid}, {@code refused}, {@code refunded} or {@code unknown_key}
   * @param cents what was taken or given back
   * @param currency ISO 4217
   * @param code why it was refused
   */
  record Payment(String id, String state, long cents, String currency, String code) {}
}
