package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an order, saga or product does not exist or belongs to another caller; the two cases
 * look the same on purpose.
 */
public class NotFoundException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public NotFoundException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public NotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
