package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/** The application is wired wrongly; told at start-up, with what to change. */
public class WiringException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public WiringException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public WiringException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
