package com.techcorp.bench.measure;

import java.util.OptionalDouble;

/**
 * What an order costs. WAL and CPU are those of the measured window; the rest is counted from the
 * first order of the warm-up to the last, since the server adds it up when a session ends.
 *
 * @param commits transactions that committed
 * @param walBytes written to the write-ahead log
 * @param inserted rows
 * @param updated rows
 * @param hotUpdated of these, those that touched no index
 * @param deleted rows
 * @param dead row versions that were left when the slice ended
 * @param clientMicros CPU of this JVM
 * @param serverMicros CPU of all the server's processes; empty where it cannot be read
 */
public record Costs(
    double commits,
    double walBytes,
    double inserted,
    double updated,
    double hotUpdated,
    double deleted,
    double dead,
    double clientMicros,
    OptionalDouble serverMicros) {
  /** Row versions written. */
  public double rows() {
    return inserted + updated + deleted;
  }
}
