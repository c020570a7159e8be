package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if there is as much work at hand as the options allow, such as sagas of the engine or
 * passwords to be hashed; nothing was written. Try again later, or shed the load; the same
 * idempotency key stays usable.
 */
public class OverloadedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public OverloadedException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public OverloadedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
