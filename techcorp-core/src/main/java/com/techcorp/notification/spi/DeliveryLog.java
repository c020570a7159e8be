package com.techcorp.notification.spi;

import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as a storage keeps them. Each call is one transaction, durable when it returns.
 * Thread-safe; throws {@link com.techcorp.error.UnavailableException} when the storage cannot be
 * reached.
 */
public interface DeliveryLog {
  /**
   * Queues a delivery, once for an (event, channel, recipient).
   *
   * @param draft what to queue; status, attempt and times are the storage's
   * @return the delivery as it stands: the new one, or the one that was there
   */
  Delivery queue(Draft draft);

  /**
   * Changes a delivery's state by compare-and-set.
   *
   * @param id the delivery
   * @param from the states it may be in
   * @param to its new state; SENDING counts one more attempt
   * @param error why, or null
   * @return false if it is in no such state: another process was first
   */
  boolean move(UUID id, Set<DeliveryStatus> from, DeliveryStatus to, @Nullable String error);

  /**
   * Looks a delivery up.
   *
   * @param id its id
   * @return as it stands, or empty if there is none
   */
  Optional<Delivery> find(UUID id);

  /**
   * Returns the deliveries about a stream.
   *
   * @param stream such as an order's; another stream may have the same id
   * @return oldest first
   */
  List<Delivery> about(EventStream stream);

  /**
   * Marks deliveries that have been SENDING for too long as AMBIGUOUS, because their sender is
   * gone.
   *
   * @param olderThan the longest a send may take
   * @return how many
   */
  int abandonSending(Duration olderThan);

  /**
   * A delivery to queue.
   *
   * @param id its id, if it is new
   * @param eventId the event that causes it
   * @param stream what it is about: an order, a user, or a stream of the host's
   * @param userId whom it is for
   * @param channel such as {@code email}
   * @param recipient such as an address
   * @param template the template's name
   */
  record Draft(
      UUID id,
      UUID eventId,
      EventStream stream,
      UUID userId,
      String channel,
      String recipient,
      String template) {}
}
