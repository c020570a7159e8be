package com.techcorp.saga;

import com.techcorp.error.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a saga ended.
 *
 * @param failure why it was compensated; null: it completed
 */
public record SagaOutcome(@Nullable Failure failure) {
  /**
   * Returns whether every step is done.
   *
   * @return false if it was compensated
   */
  public boolean completed() {
    return failure == null;
  }
}
