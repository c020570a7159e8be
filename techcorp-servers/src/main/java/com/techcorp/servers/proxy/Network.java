package com.techcorp.servers.proxy;

/** What a proxy does to the bytes of its connections just now. */
interface Network {
  /** When bytes that come now are due, by {@link System#nanoTime}. */
  long dueNanos(boolean reply);

  /** Whether bytes vanish. */
  boolean swallows();

  /** Which replies are lost. */
  LostReplies lostReplies();
}
