package com.techcorp.bench.plan;

import java.util.Locale;

/** What can be run by itself. */
public enum Scenario {
  /** Orders of many products. */
  UNIFORM,
  /** Orders of one product. */
  HOT,
  /** A reader left open. */
  READER,
  /** Two engines on one database. */
  PROCESSES,
  /** Relay and notification. */
  RELAY,
  /** Events over RabbitMQ. */
  BROKER,
  /** How long the library takes to start. */
  START,
  /** What stays in memory. */
  HEAP,
  /** What one product's, consumer's, gateway's or process's trouble does to the others. */
  TRUST,
  /** Verifications, logins and refreshes, and sessions in Redis. */
  AUTH,
  /** Counters of stock in Redis. */
  COUNTERS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
