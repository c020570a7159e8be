package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.techcorp.messaging.Event;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves deliveries of one attempt out of a consumer's queue: to the wait before the next attempt,
 * or to its dead letters. Each method returns whether the delivery is surely in another queue;
 * otherwise the broker moves it when it is rejected.
 */
final class RetryLadder {
  /** Header of a dead letter: why. */
  static final String REASON = "techcorp-reason";

  /** Header of a dead letter: how many attempts there were. */
  static final String ATTEMPTS = "techcorp-attempts";

  private static final Logger log = LoggerFactory.getLogger(RetryLadder.class);

  private final Channel channel;
  private final PublishingLink publishing;
  private final RabbitOptions options;
  private final Topology topology;
  private final String consumer;
  private final int attempt;
  private final BooleanSupplier stopping;

  /**
   * @param channel on which the deliveries came
   * @param stopping whether the consumer is to end, and waits for no broker
   */
  RetryLadder(
      Channel channel,
      PublishingLink publishing,
      RabbitOptions options,
      String consumer,
      int attempt,
      BooleanSupplier stopping) {
    this.channel = channel;
    this.publishing = publishing;
    this.options = options;
    this.topology = Topology.of(options);
    this.consumer = consumer;
    this.attempt = attempt;
    this.stopping = stopping;
  }

  /** Moves a delivery that the handler failed on. */
  boolean afterFailure(Delivery delivery, Event event, String reason) throws InterruptedException {
    log.warn(
        "Consumer {} failed on {} of {} (attempt {} of {}): {}",
        consumer,
        event.type(),
        event.stream(),
        attempt - ahead(delivery),
        topology.attempts(),
        reason);
    if (ahead(delivery) > 0) {
      Map<String, Object> headers = MovedHeaders.of(delivery.getProperties().getHeaders(), channel);
      headers.remove(MovedHeaders.POSTPONED);
      return moved(delivery, topology.wait(consumer, attempt - 1), headers);
    }
    return attempt == topology.attempts() ? toDeadLetters(delivery, reason) : toNextWait(delivery);
  }

  private int ahead(Delivery delivery) {
    Map<String, Object> headers = delivery.getProperties().getHeaders();
    return attempt > 1 && headers != null && headers.containsKey(MovedHeaders.POSTPONED) ? 1 : 0;
  }

  /** Returns whether there are waits at all. */
  boolean hasWaits() {
    return topology.attempts() > 1;
  }

  /**
   * Moves a delivery to a wait after which it has the same attempt again. The first attempt has no
   * wait in front of it: the delivery takes the wait after it, and remembers that.
   */
  boolean postponed(Delivery delivery) throws InterruptedException {
    Map<String, Object> headers = MovedHeaders.of(delivery.getProperties().getHeaders(), channel);
    if (attempt == 1) {
      headers.put(MovedHeaders.POSTPONED, 1);
    }
    return moved(delivery, topology.wait(consumer, Math.max(1, attempt - 1)), headers);
  }

  /**
   * Moves a delivery of a type that this process does not take: the broker moves it up the ladder,
   * where other processes meet it too. After the last attempt it takes the last wait again, for
   * chance may have given it to processes of the old version alone.
   */
  boolean leftToOthers(Delivery delivery, String type) throws InterruptedException {
    if (attempt < topology.attempts()) {
      return toNextWait(delivery);
    }
    BasicProperties properties = delivery.getProperties();
    if (attempt > 1 && OtherTypes.hasRounds(properties)) {
      Map<String, Object> headers = MovedHeaders.of(properties.getHeaders(), channel);
      OtherTypes.countRound(headers, properties);
      return moved(delivery, topology.wait(consumer, attempt - 1), headers);
    }
    return toDeadLetters(delivery, OtherTypes.reason(type));
  }

  /**
   * Leaves it to the broker, which moves it there when it is rejected, unless its headers are long:
   * the broker adds to the headers, and could not deliver a message whose headers fill a frame.
   */
  private boolean toNextWait(Delivery delivery) throws InterruptedException {
    Map<String, Object> headers = delivery.getProperties().getHeaders();
    return !MovedHeaders.areBounded(headers, channel)
        && moved(delivery, topology.wait(consumer, attempt), MovedHeaders.of(headers, channel));
  }

  /** Moves a delivery that gets no further attempt. */
  boolean toDeadLetters(Delivery delivery, String reason) throws InterruptedException {
    Map<String, Object> headers = MovedHeaders.of(delivery.getProperties().getHeaders(), channel);
    headers.put(REASON, reason);
    headers.put(ATTEMPTS, attempt - ahead(delivery));
    headers.remove(MovedHeaders.POSTPONED);
    boolean moved = moved(delivery, topology.dead(consumer), headers);
    if (moved) {
      log.error("Consumer {} has a dead letter: {}", consumer, reason);
    }
    return moved; // otherwise the broker moves it, without the reason
  }

  private boolean moved(Delivery delivery, String queue, Map<String, Object> headers)
      throws InterruptedException {
    BasicProperties properties =
        delivery.getProperties().builder().headers(headers).deliveryMode(2).build();
    // Consuming may have begun, or gone on, without publishing: then it is worth a moment.
    publishing.awaitReady(options.confirmTimeout(), stopping);
    PublishOutcome outcome =
        publishing.awaitOutcome(
            publishing.publish(topology.queues(), queue, properties, delivery.getBody()));
    if (outcome != PublishOutcome.CONFIRMED) {
      log.debug("A message was not confirmed to be in {}: {}", queue, outcome);
    }
    return outcome == PublishOutcome.CONFIRMED;
  }
}
