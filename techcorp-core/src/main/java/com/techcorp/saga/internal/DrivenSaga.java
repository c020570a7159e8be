package com.techcorp.saga.internal;

import java.util.UUID;

/** A saga that this process drives, as the {@link Watchdog} sees it. Thread-safe. */
interface DrivenSaga {
  UUID id();

  /** Returns where the saga is in this process. */
  Whereabouts whereabouts();

  /** Returns the time by which the saga's start must be durable for its callers; monotonic. */
  long beginBy();

  /** Fails the callers that wait for the saga's start. True if some did. */
  boolean tooSlow();

  /** Handles the loss of the saga to another process: releases everything held for it here. */
  void taken(String why);
}
