package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;

/** Redis did not answer in time. */
final class NoReplyException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  NoReplyException() {
    super("Redis did not answer in time; what was asked for may have been done");
  }
}
