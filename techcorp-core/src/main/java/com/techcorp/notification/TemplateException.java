package com.techcorp.notification;

import com.techcorp.error.TechCorpException;
import org.jspecify.annotations.Nullable;

/**
 * A template is missing, malformed, or asks for a value that there is not. Nothing was sent.
 * Correct the template, then replay the dead letter.
 */
public final class TemplateException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message and its cause.
   *
   * @param message which template, which part of it, and what is wrong
   * @param cause what led to it, or null
   */
  public TemplateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
