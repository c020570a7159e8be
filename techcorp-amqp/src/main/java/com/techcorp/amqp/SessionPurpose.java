package com.techcorp.amqp;

/**
 * The purposes of sessions. A process publishes and consumes over two connections: a broker that is
 * short of memory or disk stops reading what publishes, and what it cannot take from the one must
 * not cost the other.
 */
enum SessionPurpose {
  PUBLISHING("publisher"),
  CONSUMING("consumer");

  /** The connection's title in the broker's console. */
  final String title;

  SessionPurpose(String title) {
    this.title = title;
  }
}
