package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one consumer's deliveries of one attempt on their own channel: one after the other, or
 * one batch after the other, settled after the handler returned. What the handler throws rejects
 * the delivery, which then waits for the next attempt; after the last it is published to the dead
 * letters with the reason, and settled when that is confirmed. (A crash between the two leaves it a
 * dead letter and delivers it again; the consumer's inbox tells.)
 */
final class RabbitConsumer implements ConsumerPausing.Subscribed {
  private static final Logger log = LoggerFactory.getLogger(RabbitConsumer.class);

  /** Of prefetch, in the protocol. */
  private static final int MOST_PREFETCHED = 65_535;

  private final Channel channel;
  private final RabbitOptions options;
  private final Subscription subscription;
  private final ConsumerCalls calls;
  private final ConsumerPausing pausing;
  private final DeliverySettlement settlement;
  private final WaitingDeliveries waiting;
  private final QueueCompaction compaction;
  private final String queue;

  /** While deliveries are taken from the queue; null while the consumer is paused. */
  private @Nullable String tag;

  RabbitConsumer(
      Channel channel,
      PublishingLink publishing,
      RabbitOptions options,
      ConsumerCalls calls,
      int attempt) {
    this.channel = channel;
    this.options = options;
    this.subscription = calls.subscription();
    this.calls = calls;
    this.pausing = calls.pausing();
    this.queue = Topology.of(options).attempt(subscription.consumer(), attempt);
    this.compaction = new QueueCompaction(subscription, options, queue);
    this.waiting =
        new WaitingDeliveries(
            subscription,
            options,
            () -> !channel.isOpen() || calls.pausing().isOn(),
            calls::nanoTime);
    RetryLadder ladder =
        new RetryLadder(
            channel, publishing, options, subscription.consumer(), attempt, waiting::isStopping);
    this.settlement = new DeliverySettlement(channel, ladder, calls);
  }

  void begin() throws IOException {
    channel.addShutdownListener(this::closed);
    int twoBatches = Math.min(MOST_PREFETCHED, 2 * subscription.maxEvents());
    channel.basicQos(
        Math.max(options.prefetch(), subscription.batching() == null ? 1 : twoBatches));
    if (!pausing.isOn()) {
      consume();
    }
  }

  private synchronized void consume() throws IOException {
    if (tag == null && !waiting.isStopping()) {
      tag =
          channel.basicConsume(
              queue, false, (consumerTag, delivery) -> take(delivery), consumerTag -> cancelled());
    }
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
    return waiting.stop(limit.toNanos());
  }

  /** Takes a delivery on a thread of the connection, which must not block. */
  private void take(Delivery delivery) {
    if (waiting.add(delivery)) {
      calls.execute(this::work);
    }
    if (pausing.isOn()) {
      calls.execute(this::giveBack); // it was on its way when the consumer was cancelled
    }
  }

  @Override
  public synchronized void cancel() {
    if (tag == null) {
      return;
    }
    try {
      channel.basicCancel(tag);
    } catch (IOException | AlreadyClosedException e) {
      log.debug("{} is not consumed from any more: {}", queue, e.getMessage());
    }
    tag = null;
  }

  private synchronized boolean isCancelled() {
    return tag == null;
  }

  @Override
  public void giveBack() {
    if (!channel.isOpen()) {
      waiting.removeAll(); // they go to the next consumer
    } else if (pausing.isOn()) {
      if (isCancelled()) {
        waiting.removeAll().forEach(settlement::giveBack);
      }
    } else if (waiting.goesOn()) {
      calls.execute(this::work);
    }
  }

  @Override
  public void resume() {
    try {
      consume();
    } catch (IOException | AlreadyClosedException e) {
      log.debug("{} is consumed from by the next session: {}", queue, e.getMessage());
    }
    giveBack();
  }

  @Override
  public ConsumerPausing.Trial tryOnce() throws IOException {
    if (!waiting.begins()) {
      return ConsumerPausing.Trial.BUSY;
    }
    List<Received> fetched = List.of();
    try {
      fetched = fetched();
    } finally {
      if (fetched.isEmpty()) {
        waiting.isDone();
      }
    }
    if (fetched.isEmpty()) {
      return ConsumerPausing.Trial.NOTHING_THERE;
    }
    if (isSettled(waiting.batchOf(fetched))) {
      work();
    }
    return ConsumerPausing.Trial.MADE;
  }

  @Override
  public void compact() throws IOException {
    if (subscription.isCoalescing()) {
      compaction.run(channel, () -> !channel.isOpen() || waiting.isStopping());
    }
  }

  private List<Received> fetched() throws IOException {
    List<Received> fetched = new ArrayList<>();
    GetResponse next = channel.basicGet(queue, false);
    while (next != null) {
      fetched.add(new Received(new Delivery(next.getEnvelope(), next.getProps(), next.getBody())));
      next = fetched.size() < subscription.maxEvents() ? channel.basicGet(queue, false) : null;
    }
    return fetched;
  }

  /**
   * Handles deliveries one after the other; continues after a delivery that another thread settles.
   */
  private void work() {
    List<Received> next = waiting.next();
    while (!next.isEmpty() && isSettled(next)) {
      next = waiting.next();
    }
    giveBack();
  }

  /** Returns whether they were settled here, or are by another thread that goes on then. */
  private boolean isSettled(List<Received> batch) {
    List<ConsumerCalls.Ending> wanted = new ArrayList<>(batch.size());
    for (Received received : batch) {
      Event event = received.event();
      Throwable unreadable = received.unreadable();
      if (unreadable != null) {
        settlement.failed(received.delivery(), unreadable);
      } else if (event == null) {
        settlement.malformed(received);
      } else if (!subscription.types().contains(event.type())) {
        settlement.leftToOthers(received.delivery(), event);
      } else {
        wanted.add(new Handled(received.delivery(), event));
      }
    }
    return wanted.isEmpty() || calls.call(wanted, this::work);
  }

  private final class Handled implements ConsumerCalls.Ending {
    private final Delivery delivery;
    private final Event event;

    Handled(Delivery delivery, Event event) {
      this.delivery = delivery;
      this.event = event;
    }

    @Override
    public Event event() {
      return event;
    }

    @Override
    public void ended(EventOutcome outcome) {
      settlement.ended(delivery, event, outcome);
    }
  }
}
