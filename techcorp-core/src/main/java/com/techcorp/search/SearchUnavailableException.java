package com.techcorp.search;

import com.techcorp.error.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the search engine cannot be reached, does not answer in time, or answers only for a
 * part of the index. A page is whole or it is this exception. The message never contains text from
 * the engine.
 */
public final class SearchUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message what happened and what to do next
   */
  public SearchUnavailableException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public SearchUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
