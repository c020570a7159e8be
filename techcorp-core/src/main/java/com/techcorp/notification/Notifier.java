package com.techcorp.notification;

import com.techcorp.messaging.EventStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to customers and users, and keeps a log of them. Thread-safe; holds no transaction
 * while a message is on its way.
 *
 * <p>One notification is sent at most once, whatever fails: before a message goes out it is
 * recorded as SENDING, and one that is found so after a crash, or that a provider did not answer
 * for, becomes AMBIGUOUS and is not repeated. Only a message that surely was not sent is sent
 * again.
 */
public interface Notifier {
  /** The name of the consumer that notifies customers of orders, as dead letters show it. */
  String CONSUMER = "notifications";

  /** The name of the consumer that notifies users of their logins, as dead letters show it. */
  String USERS_CONSUMER = "user-notifications";

  /**
   * Sends, or finds that it was sent before.
   *
   * @param notification what, to whom, and why
   * @return the delivery in a state in which nothing remains to be done: ACCEPTED (or later
   *     DELIVERED, BOUNCED), FAILED or AMBIGUOUS. Its {@code updatedAt} may be that of the last
   *     state but one
   * @throws DeliveryDeferredException call again later with the same notification
   * @throws TemplateException if the message cannot be made; the delivery stays QUEUED
   * @throws com.techcorp.error.WiringException if no sender has the channel
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached; call again,
   *     it is not sent twice
   */
  Delivery send(Notification notification);

  /**
   * Takes what a provider reports of a message later on. It came from there, so it was sent: also a
   * delivery that is AMBIGUOUS, or counted as not sent, is settled by it. Reports may come more
   * than once and in any order: BOUNCED stands, whatever else is reported, for a message may be
   * taken at first and returned afterwards.
   *
   * @param deliveryId the delivery, as {@link Message#deliveryId} named it to the provider
   * @param news DELIVERED or BOUNCED
   * @param reason why it was not delivered, without secrets, or null
   * @return false if there is no such delivery
   * @throws com.techcorp.error.InvalidInputException if the news is neither
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached; report it
   *     again
   */
  boolean report(UUID deliveryId, DeliveryStatus news, @Nullable String reason);

  /**
   * Returns the deliveries about an order.
   *
   * @param orderId the order
   * @return oldest first
   */
  List<Delivery> deliveries(UUID orderId);

  /**
   * Returns the deliveries about a stream.
   *
   * @param stream such as {@link com.techcorp.auth.UserEventType#streamOf a user's}
   * @return oldest first
   */
  List<Delivery> deliveries(EventStream stream);
}
