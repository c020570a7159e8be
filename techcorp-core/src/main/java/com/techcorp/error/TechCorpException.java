package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of every exception that the library throws. Messages carry no secrets: neither
 * card tokens nor passwords.
 *
 * <p>Catch a subclass where you can act on it; catch this one at the edge of your service.
 */
public abstract class TechCorpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  protected TechCorpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates an exception without a stack trace, for answers that may be thrown thousands of times a
   * second; the trace would cost more than the rest of the answer.
   *
   * @param message what happened and what to do next
   */
  protected TechCorpException(String message) {
    super(message, null, true, false);
  }
}
