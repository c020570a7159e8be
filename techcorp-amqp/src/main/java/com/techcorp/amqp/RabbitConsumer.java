package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one consumer's deliveries of one attempt on their own channel: one after the other,
 * settled after the handler returned. What the handler throws rejects the delivery, which then
 * waits for the next attempt; after the last it is published to the dead letters with the reason,
 * and settled when that is confirmed. (A crash between the two leaves it a dead letter and delivers
 * it again; the consumer's inbox tells.)
 */
final class RabbitConsumer {
  private static final Logger log = LoggerFactory.getLogger(RabbitConsumer.class);

  private final Channel channel;
  private final Topology topology;
  private final RabbitOptions options;
  private final Subscription subscription;
  private final ConsumerCalls calls;
  private final RetryLadder ladder;
  private final int attempt;

  /** Guards the fields that follow. */
  private final Object lock = new Object();

  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean stopping;

  RabbitConsumer(
      Channel channel,
      PublishingLink publishing,
      RabbitOptions options,
      ConsumerCalls calls,
      int attempt) {
    this.channel = channel;
    this.topology = Topology.of(options);
    this.options = options;
    this.subscription = calls.subscription();
    this.calls = calls;
    this.attempt = attempt;
    this.ladder =
        new RetryLadder(
            channel, publishing, options, subscription.consumer(), attempt, this::isStopping);
  }

  void begin() throws IOException {
    channel.addShutdownListener(this::closed);
    channel.basicQos(options.prefetch());
    channel.basicConsume(
        topology.attempt(subscription.consumer(), attempt),
        false,
        (consumerTag, delivery) -> take(delivery),
        consumerTag -> cancelled());
  }

  /** The session is rebuilt; the log tells operators why. */
  private void closed(ShutdownSignalException cause) {
    if (cause.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.PRECONDITION_FAILED
        && close.getReplyText().contains("timed out")) {
      log.error(
          "Consumer {} had a delivery for longer than the broker's consumer_timeout allows and lost"
              + " its channel; what it had comes again. Make its handler faster or the prefetch of"
              + " {} smaller, or raise consumer_timeout in rabbitmq.conf: {}",
          subscription.consumer(),
          options.prefetch(),
          close.getReplyText());
    }
  }

  /** The queue was deleted: the session is built again, and the queue with it. */
  private void cancelled() throws IOException {
    channel.abort();
  }

  /**
   * Stops taking deliveries from the queue. Deliveries that were not begun go to the next consumer.
   *
   * @return whether the handler came to its end within the limit
   */
  boolean stop(Duration limit) {
    long until = calls.nanoTime() + limit.toNanos();
    synchronized (lock) {
      stopping = true;
      waiting.clear();
      long left = limit.toNanos();
      while (working && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
        left = until - calls.nanoTime();
      }
      return !working;
    }
  }

  private boolean isStopping() {
    synchronized (lock) {
      return stopping;
    }
  }

  /** Takes a delivery on a thread of the connection, which must not block. */
  private void take(Delivery delivery) {
    synchronized (lock) {
      if (stopping) {
        return;
      }
      waiting.add(delivery);
      if (working) {
        return;
      }
      working = true;
    }
    calls.execute(this::work);
  }

  /**
   * Handles deliveries one after the other; continues after a delivery that another thread settles.
   */
  private void work() {
    Delivery next = next();
    while (next != null && settled(next)) {
      next = next();
    }
  }

  private @Nullable Delivery next() {
    synchronized (lock) {
      Delivery next = stopping || !channel.isOpen() ? null : waiting.poll();
      if (next == null) {
        working = false;
        waiting.clear();
        lock.notifyAll();
      }
      return next;
    }
  }

  /** Returns whether it was settled here, or is by another thread that goes on then. */
  private boolean settled(Delivery delivery) {
    try {
      return handled(delivery);
    } catch (Throwable e) {
      settle(
          delivery,
          () -> {
            throw e;
          });
      return true;
    }
  }

  private boolean handled(Delivery delivery) {
    Event event;
    try {
      Signatures.check(
          options.signing(),
          Signatures.Purpose.EVENT,
          delivery.getProperties(),
          delivery.getBody());
      event = EventMessage.read(delivery.getProperties(), delivery.getBody(), options.maxBytes());
    } catch (Fields.MalformedException e) {
      settle(delivery, () -> ladder.toDeadLetters(delivery, "malformed: " + e.getMessage()));
      return true;
    }
    if (!subscription.types().contains(event.type())) {
      settle(delivery, () -> leftToOthers(delivery, event));
      return true;
    }
    return calls.call(event, new Handled(delivery, event));
  }

  private final class Handled implements ConsumerCalls.Ending {
    private final Delivery delivery;
    private final Event event;

    Handled(Delivery delivery, Event event) {
      this.delivery = delivery;
      this.event = event;
    }

    @Override
    public void ended(@Nullable String failure) {
      settle(delivery, () -> failure == null || ladder.afterFailure(delivery, event, failure));
    }

    @Override
    public void goOn() {
      work();
    }
  }

  private interface Decision {
    /** Returns whether the delivery is done with, as an effect or as a dead letter. */
    boolean done() throws Throwable;
  }

  /** Never throws: the thread goes on with what follows. */
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
          subscription.consumer(),
          TokenRedaction.NONE.safe(e));
      calls.caught(e);
      return false;
    }
  }

  private boolean leftToOthers(Delivery delivery, Event event) throws InterruptedException {
    if (OtherTypes.isResent(delivery.getProperties())) {
      return true;
    }
    calls.others().tell(event.type());
    return ladder.leftToOthers(delivery, event.type());
  }
}
