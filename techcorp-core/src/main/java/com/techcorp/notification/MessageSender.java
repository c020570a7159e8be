package com.techcorp.notification;

/**
 * Sends messages over one channel (provider SPI). Thread-safe: called by several threads at once,
 * with neither a transaction nor a connection held.
 *
 * <p>A sender has time-outs of its own, well below the two minutes after which a send counts as
 * abandoned. It does not retry: it answers what it knows.
 */
public interface MessageSender {
  /** The channel of the messages about orders. */
  String EMAIL = "email";

  /**
   * Returns the channel over which it sends.
   *
   * @return such as {@code email}
   */
  String channel();

  /**
   * Sends a message, once.
   *
   * @param message the message
   * @return what became of it. Answer {@link SendResult.NotSent} only where it is certain that
   *     nothing was sent; an exception counts as {@link SendResult.Unknown}
   * @throws Exception counts as unknown: the message is not sent again
   */
  SendResult send(Message message) throws Exception;
}
