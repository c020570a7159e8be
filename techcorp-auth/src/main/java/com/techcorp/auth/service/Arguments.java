package com.techcorp.auth.service;

import com.techcorp.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Checks what a host passes on from a client, where a null is a client's mistake. */
final class Arguments {
  private Arguments() {}

  /**
   * Returns the value.
   *
   * @throws InvalidInputException if it is null; it names the field
   */
  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidInputException(field, "is missing");
    }
    return value;
  }
}
