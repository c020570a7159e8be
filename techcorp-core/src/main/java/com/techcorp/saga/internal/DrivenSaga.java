package com.techcorp.saga.internal;

import java.util.UUID;

/** A saga in this process's hands, as the {@link Watchdog} sees it. Thread-safe. */
interface DrivenSaga {
  UUID id();

  /** Where it is. */
  Whereabouts whereabouts();

  /** Until when its beginning must be durable for those who wait for it; monotonic. */
  long beginBy();

  /** Tells those who wait for its beginning that they waited long enough. True if some did. */
  boolean tooSlow();

  /** It is no longer this process's: let go of all that it holds here. */
  void taken(String why);
}
