package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/** A copy of what was thrown, with texts that may be logged; it prints as the original does. */
final class RedactedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  RedactedException(String type, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  String type() {
    return type;
  }

  /** Its class is no news to anybody. */
  @SuppressWarnings("OverrideThrowableToString")
  @Override
  public String toString() {
    String message = getMessage();
    return message == null ? type : type + ": " + message;
  }
}
