package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * This process lost its lease: what it tried to write was refused and another process carries on
 * with its sagas. The engine registers again automatically; callers repeat the call.
 */
public final class FencedException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message which lease was lost
   * @param cause what the storage said, or null
   */
  public FencedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
