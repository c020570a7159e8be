package com.techcorp.notification.internal;

import static com.techcorp.notification.DeliveryStatus.ACCEPTED;
import static com.techcorp.notification.DeliveryStatus.AMBIGUOUS;
import static com.techcorp.notification.DeliveryStatus.FAILED;
import static com.techcorp.notification.DeliveryStatus.QUEUED;
import static com.techcorp.notification.DeliveryStatus.SENDING;

import com.techcorp.error.Reasons;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.TemplateException;
import com.techcorp.notification.spi.DeliveryLog;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts to send queued deliveries: renders each, gives it to its sender, and records how that
 * ended.
 *
 * @param deliveries the record
 * @param renderer makes messages
 */
record SendAttempts(DeliveryLog deliveries, Renderer renderer) {
  /** The states in which a send may end; it may have been given up meanwhile. */
  private static final Set<DeliveryStatus> UNDER_WAY = Set.of(SENDING, AMBIGUOUS);

  private static final Logger log = LoggerFactory.getLogger(SendAttempts.class);

  /**
   * Makes an attempt.
   *
   * @return the delivery as it is now
   */
  Delivery make(MessageSender sender, Delivery delivery, Notification notification) {
    Message message = render(delivery, notification);
    if (!deliveries.move(delivery.id(), Set.of(QUEUED), SENDING, null)) {
      throw new DeliveryDeferredException("another attempt of " + about(delivery) + " was first");
    }
    SendResult result = hand(sender, message);
    if (result instanceof SendResult.Accepted) {
      return settled(delivery, ACCEPTED, null);
    }
    if (result instanceof SendResult.NotSent notSent) {
      return notSent(delivery, notSent);
    }
    String reason = Reasons.clean(((SendResult.Unknown) result).reason());
    log.warn("{} may or may not have been sent and is not repeated: {}", about(delivery), reason);
    return settled(delivery, AMBIGUOUS, reason);
  }

  /**
   * Records how a send ended, also when it took so long that it was given up meanwhile: this is
   * what is true. What the provider itself reported meanwhile stands.
   */
  private Delivery settled(Delivery delivery, DeliveryStatus status, @Nullable String reason) {
    return deliveries.move(delivery.id(), UNDER_WAY, status, reason)
        ? sent(delivery, status, reason)
        : deliveries.find(delivery.id()).orElseGet(() -> sent(delivery, status, reason));
  }

  private Message render(Delivery delivery, Notification notification) {
    try {
      return renderer.render(delivery.id(), notification);
    } catch (TemplateException e) {
      deliveries.move(delivery.id(), Set.of(QUEUED), QUEUED, Reasons.of(e));
      throw e;
    }
  }

  private static SendResult hand(MessageSender sender, Message message) {
    try {
      return sender.send(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.Unknown("interrupted");
    } catch (Throwable e) {
      return new SendResult.Unknown(Reasons.of(e));
    }
  }

  private Delivery notSent(Delivery delivery, SendResult.NotSent result) {
    String reason = Reasons.clean(result.reason());
    if (!result.retryable()) {
      log.warn("{} was not sent and is not tried again: {}", about(delivery), reason);
      return settled(delivery, FAILED, reason);
    }
    // Also when it was given up meanwhile: this thread still holds the event, which comes again.
    boolean queued = deliveries.move(delivery.id(), UNDER_WAY, QUEUED, reason);
    return (queued ? Optional.<Delivery>empty() : deliveries.find(delivery.id()))
        .orElseThrow(
            () -> new DeliveryDeferredException(about(delivery) + " was not sent: " + reason));
  }

  private static Delivery sent(Delivery was, DeliveryStatus status, @Nullable String error) {
    return was.with(
        new Delivery.Progress(status, was.attempt() + 1, error, was.createdAt(), was.updatedAt()));
  }

  static String about(Delivery delivery) {
    return "Delivery " + delivery.id() + " (" + delivery.template() + ")";
  }
}
