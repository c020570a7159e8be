package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/** No such order, saga or product, or not one of this caller: the two look the same on purpose. */
public class NotFoundException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * With a message.
   *
   * @param message what happened and what to do next
   */
  public NotFoundException(String message) {
    this(message, null);
  }

  /**
   * With a message and its cause.
   *
   * @param message what happened and what to do next
   * @param cause what led to it, or null
   */
  public NotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
