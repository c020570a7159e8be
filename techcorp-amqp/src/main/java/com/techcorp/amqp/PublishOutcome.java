package com.techcorp.amqp;

/** The outcomes of publishing a message. */
enum PublishOutcome {
  /** Every queue that wants the message has it on disk. */
  CONFIRMED,
  /** No queue wants it. */
  UNROUTED,
  /** The broker refused it: one of the queues that want it is full; the others have it. */
  REFUSED,
  /** It may or may not be there: the broker did not answer before the end. */
  UNKNOWN
}
