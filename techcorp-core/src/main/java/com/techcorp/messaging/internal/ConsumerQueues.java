package com.techcorp.messaging.internal;

/**
 * A consumer's queues in memory; they hear how calls, and writes to its backlog, ended. Its monitor
 * guards all that is at work for the consumer.
 */
interface ConsumerQueues {
  /** A write of a queue that is in the backlog has come to its end. */
  void written(QueueInFlight queue);

  /** The first event is a dead letter now: what follows it goes on. */
  void deadLetterAdded(QueueInFlight queue);

  /** Refuses a queue's waiting events; they are offered again later. */
  void refuse(QueueInFlight queue);

  /** Forgets a queue for which nothing is to be done any more. */
  void leaveIfOver(QueueInFlight queue);

  /** Forgets a queue whose events have all been handled as they came. */
  void leave(QueueInFlight queue);

  /** Returns whether nothing is begun any more. */
  boolean isClosed();
}
