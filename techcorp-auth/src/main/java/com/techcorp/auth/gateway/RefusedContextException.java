package com.techcorp.auth.gateway;

/**
 * A check that context headers failed. It has no stack trace: it tells of the headers and not of
 * the code, and anybody who reaches a service can cause thousands a second.
 */
final class RefusedContextException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ContextRefusal reason;

  RefusedContextException(ContextRefusal reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  ContextRefusal reason() {
    return reason;
  }
}
