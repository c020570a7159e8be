package com.techcorp.amqp;

import com.techcorp.error.WiringException;

/**
 * How much may wait for one consumer at the broker, and what happens beyond that. Without a limit
 * its queue grows until the broker is short of disk, which stops everybody who publishes.
 * Immutable.
 *
 * @param events the limit, at least 1
 * @param overflow what happens beyond that
 */
public record QueueLimit(long events, Overflow overflow) {

  /** What the broker does with an event that has no room in the queue. */
  public enum Overflow {
    /**
     * Nothing is lost: the broker refuses the event, and its publisher keeps it in the backlog
     * {@code <prefix>.events} until there is room. The limit is that of the consumer's first queue.
     */
    REFUSE,
    /**
     * The oldest event makes room, as if the consumer had failed on it: it waits for its next
     * attempt. The limit is that of each of the consumer's queues; what is the oldest of its dead
     * letters then is lost, and so is what the broker moves at the moment of a crash. For consumers
     * to whom only the newest events matter.
     */
    DROP_OLDEST
  }

  /** Checks that the values are in range. */
  public QueueLimit {
    if (events < 1) {
      throw new WiringException("RabbitMQ: a queue's limit must be at least 1, was " + events);
    }
  }

  /**
   * Returns a limit beyond which the broker refuses.
   *
   * @param events the number of events, at least 1
   * @return the limit
   */
  public static QueueLimit refuse(long events) {
    return new QueueLimit(events, Overflow.REFUSE);
  }

  /**
   * Returns a limit beyond which the oldest make room.
   *
   * @param events the number of events, at least 1
   * @return the limit
   */
  public static QueueLimit dropOldest(long events) {
    return new QueueLimit(events, Overflow.DROP_OLDEST);
  }
}
