package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * The storage (or another server) could not be reached. Where a commit was under way the work may
 * or may not have been done: repeat the call with the same idempotency key, which gives one result.
 */
public class UnavailableException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public UnavailableException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
