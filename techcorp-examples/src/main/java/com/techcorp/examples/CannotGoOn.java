package com.techcorp.examples;

/** The demo cannot show what it was asked to show; the message says why and what to change. */
final class CannotGoOn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotGoOn(String message) {
    super(message);
  }
}
