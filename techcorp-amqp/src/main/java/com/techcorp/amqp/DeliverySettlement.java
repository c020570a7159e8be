package com.techcorp.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.techcorp.error.TokenRedaction;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the deliveries of one channel: acknowledges what is handled or surely in another queue,
 * rejects what the broker is to move, gives back what is not to be touched. Never throws: the
 * thread goes on with what follows.
 */
final class DeliverySettlement {
  private static final Logger log = LoggerFactory.getLogger(DeliverySettlement.class);

  private final Channel channel;
  private final RetryLadder ladder;
  private final ConsumerCalls calls;

  DeliverySettlement(Channel channel, RetryLadder ladder, ConsumerCalls calls) {
    this.channel = channel;
    this.ladder = ladder;
    this.calls = calls;
  }

  private interface Decision {
    /** Returns whether the delivery is done with, as an effect or as a dead letter. */
    boolean done() throws Throwable;
  }

  /** Settles a delivery that holds no event. */
  void malformed(Received received) {
    settle(
        received.delivery(), () -> ladder.toDeadLetters(received.delivery(), received.malformed()));
  }

  /** Settles a delivery of a type that this process does not take. */
  void leftToOthers(Delivery delivery, Event event) {
    settle(
        delivery,
        () -> {
          if (OtherTypes.isResent(delivery.getProperties())) {
            return true;
          }
          calls.others().tell(event.type());
          return ladder.leftToOthers(delivery, event.type());
        });
  }

  /** Settles a delivery that the handler had. */
  void ended(Delivery delivery, Event event, EventOutcome outcome) {
    if (outcome instanceof EventOutcome.Paused) {
      giveBack(delivery);
    } else if (outcome instanceof EventOutcome.Postponed postponed) {
      postpone(delivery, postponed.retryAfter());
    } else {
      settle(delivery, () -> isDone(delivery, event, outcome));
    }
  }

  private boolean isDone(Delivery delivery, Event event, EventOutcome outcome)
      throws InterruptedException {
    if (outcome instanceof EventOutcome.Failed failed) {
      return ladder.afterFailure(delivery, event, failed.reason());
    } else if (outcome instanceof EventOutcome.Refused refused) {
      return ladder.toDeadLetters(delivery, refused.reason());
    }
    return true;
  }

  private void postpone(Delivery delivery, Duration retryAfter) {
    if (!ladder.hasWaits()) {
      calls.later(retryAfter, () -> giveBack(delivery));
    } else if (isDone(() -> ladder.postponed(delivery))) {
      settle(delivery, () -> true);
    } else {
      giveBack(delivery);
    }
  }

  /** Returns it to its queue; that is no attempt. */
  void giveBack(Delivery delivery) {
    try {
      channel.basicNack(delivery.getEnvelope().getDeliveryTag(), false, true);
    } catch (IOException | AlreadyClosedException e) {
      log.debug("A delivery could not be given back, it comes again: {}", e.getMessage());
    }
  }

  /** Settles a delivery that could not be dealt with. */
  void failed(Delivery delivery, Throwable failure) {
    settle(
        delivery,
        () -> {
          throw failure;
        });
  }

  private void settle(Delivery delivery, Decision decision) {
    long tag = delivery.getEnvelope().getDeliveryTag();
    try {
      if (isDone(decision)) {
        channel.basicAck(tag, false);
      } else {
        channel.basicReject(tag, false);
      }
    } catch (IOException | AlreadyClosedException e) {
      log.debug("A delivery could not be settled, it comes again: {}", e.getMessage());
    }
  }

  private boolean isDone(Decision decision) {
    try {
      return decision.done();
    } catch (Throwable e) {
      log.error(
          "A delivery of {} could not be dealt with",
          calls.subscription().consumer(),
          TokenRedaction.NONE.safe(e));
      calls.caught(e);
      return false;
    }
  }
}
