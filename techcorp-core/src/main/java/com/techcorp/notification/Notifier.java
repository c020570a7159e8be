package com.techcorp.notification;

import java.util.List;
import java.util.UUID;

/**
 * Tells customers. Thread-safe; holds no transaction while a message is on its way.
 *
 * <p>One notification is sent at most once, whatever fails: before a message goes out it is
 * recorded as SENDING, and one that is found so after a crash, or that a provider did not answer
 * for, becomes AMBIGUOUS and is not repeated. Only a message that surely was not sent is sent
 * again.
 */
public interface Notifier {
  /**
   * Sends, or finds that it was sent before.
   *
   * @param notification what, to whom, and why
   * @return the delivery in a state in which nothing remains to be done: ACCEPTED (or later
   *     DELIVERED, BOUNCED), FAILED or AMBIGUOUS. Its {@code updatedAt} may be that of the last
   *     state but one
   * @throws NotYetSent call again later with the same notification
   * @throws TemplateError if the message cannot be made; the delivery stays QUEUED
   * @throws com.techcorp.error.WiringError if no sender has the channel
   * @throws com.techcorp.error.Unavailable if the storage cannot be reached; call again, it is not
   *     sent twice
   */
  Delivery send(Notification notification);

  /**
   * What was sent about an order.
   *
   * @param orderId the order
   * @return oldest first
   */
  List<Delivery> deliveries(UUID orderId);
}
