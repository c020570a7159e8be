package com.techcorp.health;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a process.
 *
 * @param code a stable word for programs, such as {@code CALL_STUCK}
 * @param severity {@link HealthStatus#DEGRADED} or {@link HealthStatus#DOWN}
 * @param what a sentence for operators, without secrets
 * @param since how long it has been so
 * @param thread the name of the thread that is stuck, or null
 * @param subject the id of the order, saga or stream that it concerns, or null
 */
public record Finding(
    String code,
    HealthStatus severity,
    String what,
    Duration since,
    @Nullable String thread,
    @Nullable UUID subject) {
  /**
   * Returns a finding that concerns no single thread or order.
   *
   * @param code a stable word for programs
   * @param severity how bad it is
   * @param what a sentence for operators
   * @param since how long it has been so
   * @return the finding
   */
  public static Finding of(String code, HealthStatus severity, String what, Duration since) {
    return new Finding(code, severity, what, since, null, null);
  }
}
