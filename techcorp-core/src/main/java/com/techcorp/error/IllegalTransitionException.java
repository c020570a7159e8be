package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the state of the order or saga does not allow the operation; nothing was changed. The
 * message names the state.
 */
public class IllegalTransitionException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public IllegalTransitionException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public IllegalTransitionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
