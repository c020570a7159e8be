package com.techcorp.auth.token;

import com.techcorp.auth.TokenRefusal;

/**
 * A check that a token failed. It has no stack trace: it tells of the token and not of the code,
 * and anybody can cause thousands a second.
 */
final class RefusedTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenRefusal reason;

  RefusedTokenException(TokenRefusal reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  TokenRefusal reason() {
    return reason;
  }
}
