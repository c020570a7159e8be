package com.techcorp.error;

import java.util.Map;

/**
 * Why a saga cannot go forward: what business refused, not a fault. It is kept with the saga,
 * handed to its compensations and shown to operators, so it must carry no secret.
 *
 * @param code a stable word for programs, such as {@code OUT_OF_STOCK}
 * @param message a sentence for people
 * @param details further facts by name, such as the product that fell short
 */
public record Failure(String code, String message, Map<String, String> details) {
  /** The failure code of a saga that an operator or a caller asked to stop. */
  public static final String CANCELLED = "CANCELLED_BY_REQUEST";

  /** The step's time to decide ran out. */
  public static final String EXPIRED = "EXPIRED";

  /** A forward call kept failing, surely without effect, until its budget was spent. */
  public static final String RETRIES_EXHAUSTED = "RETRIES_EXHAUSTED";

  /** Makes an unmodifiable copy of the details. */
  public Failure {
    details = Map.copyOf(details);
  }

  /**
   * Creates a failure without details.
   *
   * @param code a stable word for programs
   * @param message a sentence for people
   * @return the failure
   */
  public static Failure of(String code, String message) {
    return new Failure(code, message, Map.of());
  }
}
