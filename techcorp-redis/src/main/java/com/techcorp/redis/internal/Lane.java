package com.techcorp.redis.internal;

/** Which of the two connections to a server a call takes. */
enum Lane {
  /** For all that is answered at once. */
  CALLS,
  /** For writes that wait for replicas. The wait holds up what comes behind it. */
  CONFIRMED_WRITES
}
