package com.techcorp.notification.internal;

import static com.techcorp.notification.DeliveryStatus.BOUNCED;
import static com.techcorp.notification.DeliveryStatus.DELIVERED;
import static com.techcorp.notification.DeliveryStatus.QUEUED;
import static com.techcorp.notification.DeliveryStatus.SENDING;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.Reasons;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.TemplateSource;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notifier over a delivery log and senders, one a channel. */
public final class DefaultNotifier implements Notifier {
  /** A send that takes longer counts as abandoned. */
  public static final Duration LONGEST_SEND = Duration.ofMinutes(2);

  /** The reports that a provider may send, and the delivery states that each one changes. */
  private static final Map<DeliveryStatus, Set<DeliveryStatus>> REPORTED_FROM =
      Map.of(
          DELIVERED, EnumSet.complementOf(EnumSet.of(DELIVERED, BOUNCED)),
          BOUNCED, EnumSet.complementOf(EnumSet.of(BOUNCED)));

  private static final Logger log = LoggerFactory.getLogger(DefaultNotifier.class);

  private final DeliveryLog deliveries;
  private final SendAttempts attempts;
  private final Map<String, MessageSender> senders = new HashMap<>();
  private final Duration longestSend;
  private final LongSupplier nanoTime;
  private final AtomicLong sweepAt;

  /**
   * Creates a notifier whose sends take at most {@link #LONGEST_SEND}.
   *
   * @param deliveries remembers what was sent
   * @param templates what messages are made of
   * @param senders one a channel
   * @param nanoTime a monotonic time in nanoseconds
   * @throws WiringException if two have the same channel
   */
  public DefaultNotifier(
      DeliveryLog deliveries,
      TemplateSource templates,
      Collection<MessageSender> senders,
      LongSupplier nanoTime) {
    this(deliveries, templates, senders, LONGEST_SEND, nanoTime);
  }

  DefaultNotifier(
      DeliveryLog deliveries,
      TemplateSource templates,
      Collection<MessageSender> senders,
      Duration longestSend,
      LongSupplier nanoTime) {
    this.deliveries = deliveries;
    this.attempts = new SendAttempts(deliveries, new Renderer(templates));
    this.longestSend = longestSend;
    this.nanoTime = nanoTime;
    this.sweepAt = new AtomicLong(nanoTime.getAsLong());
    for (MessageSender sender : senders) {
      if (this.senders.putIfAbsent(sender.channel(), sender) != null) {
        throw new WiringException(
            "two senders for the channel '" + sender.channel() + "': give one");
      }
    }
  }

  @Override
  public Delivery send(Notification notification) {
    MessageSender sender = senders.get(notification.channel());
    if (sender == null) {
      throw new WiringException(
          "no sender for the channel '"
              + notification.channel()
              + "', there are "
              + senders.keySet()
              + ": give one to the builder");
    }
    sweepIfDue();
    Delivery delivery = queue(notification);
    if (delivery.status() == SENDING) {
      abandonStale(); // perhaps its sender is gone
      delivery = queue(notification);
    }
    return switch (delivery.status()) {
      case QUEUED -> attempts.make(sender, delivery, notification);
      case SENDING ->
          throw new DeliveryDeferredException(
              "another attempt of " + SendAttempts.about(delivery) + " runs");
      default -> delivery;
    };
  }

  @Override
  public boolean report(UUID deliveryId, DeliveryStatus news, @Nullable String reason) {
    Set<DeliveryStatus> from = REPORTED_FROM.get(news);
    if (from == null) {
      throw new InvalidInputException("news", "must be DELIVERED or BOUNCED, was " + news);
    }
    String why = reason == null ? null : Reasons.clean(reason);
    return deliveries.move(deliveryId, from, news, why) || deliveries.find(deliveryId).isPresent();
  }

  @Override
  public List<Delivery> deliveries(UUID orderId) {
    return deliveries(OrderEventType.streamOf(orderId));
  }

  @Override
  public List<Delivery> deliveries(EventStream stream) {
    return deliveries.about(stream);
  }

  /**
   * Turns sends whose process is gone into AMBIGUOUS. {@link #send} does this now and then; a
   * host's timer may call it when nothing is sent any more.
   *
   * @return how many
   */
  public int abandonStale() {
    int abandoned = deliveries.abandonSending(longestSend);
    if (abandoned > 0) {
      log.warn(
          "{} deliveries were being sent when their process ended; they are AMBIGUOUS now and not"
              + " repeated",
          abandoned);
    }
    return abandoned;
  }

  private void sweepIfDue() {
    long now = nanoTime.getAsLong();
    long due = sweepAt.get();
    if (now - due >= 0 && sweepAt.compareAndSet(due, now + longestSend.toNanos())) {
      abandonStale();
    }
  }

  private Delivery queue(Notification notification) {
    return deliveries.queue(
        new DeliveryLog.Draft(
            UuidCreator.getTimeOrderedEpoch(),
            notification.eventId(),
            notification.stream(),
            notification.userId(),
            notification.channel(),
            notification.recipient(),
            notification.template()));
  }
}
