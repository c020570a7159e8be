package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * What was asked is not possible in the state the order (or saga) is in; nothing was changed. The
 * message names the state.
 */
public class IllegalTransitionException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * With a message.
   *
   * @param message what happened and what to do next
   */
  public IllegalTransitionException(String message) {
    this(message, null);
  }

  /**
   * With a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public IllegalTransitionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
