package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;

/** Redis is there, and will not serve who is wired to it like this. */
final class MisconfiguredException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  MisconfiguredException(String message) {
    super(message);
  }
}
