package com.techcorp.saga;

import org.jspecify.annotations.Nullable;

/**
 * Selects the live sagas to list.
 *
 * @param definition only of this definition; null: any
 * @param state only in this state; null: any
 * @param limit how many at the most, 1 to 10,000
 */
public record SagaFilter(@Nullable String definition, @Nullable SagaState state, int limit) {
  /** Checks that the limit is positive. */
  public SagaFilter {
    if (limit < 1 || limit > 10_000) {
      throw new com.techcorp.error.InvalidInputException(
          "limit", "must be 1 to 10,000, was " + limit);
    }
  }

  /**
   * Returns a filter that matches all live sagas.
   *
   * @param limit how many at the most
   * @return the filter
   */
  public static SagaFilter all(int limit) {
    return new SagaFilter(null, null, limit);
  }

  /**
   * Returns a filter that matches the sagas that wait for an operator.
   *
   * @param limit how many at the most
   * @return the filter
   */
  public static SagaFilter parked(int limit) {
    return new SagaFilter(null, SagaState.PARKED, limit);
  }
}
