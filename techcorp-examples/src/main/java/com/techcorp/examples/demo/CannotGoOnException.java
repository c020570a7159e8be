package com.techcorp.examples.demo;

/** The demo cannot show what it was asked to show; the message says why and what to change. */
final class CannotGoOnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotGoOnException(String message) {
    super(message);
  }
}
