package com.techcorp.bench;

import java.time.Duration;

/**
 * One set of conditions under which the contenders are compared.
 *
 * @param load which products are bought
 * @param clients how many wait for an order each
 * @param provider how long the payment provider takes
 */
record Cell(Load load, int clients, Duration provider) {
  @Override
  public String toString() {
    return load + ", " + clients + " clients, provider " + provider.toMillis() + " ms";
  }
}
