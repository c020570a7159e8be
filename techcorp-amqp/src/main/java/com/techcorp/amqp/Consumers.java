package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The consumers of a process, over a connection of their own, which is opened for the first of
 * them. Thread-safe.
 */
final class Consumers {
  private final RabbitOptions options;
  private final PublishingLink publishing;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ReconnectingSession keeper;
  private final List<ConsumerCalls> all = new CopyOnWriteArrayList<>();

  /**
   * Connects with the first consumer.
   *
   * @param publishing where dead letters are published
   */
  Consumers(
      ConnectionFactory factory,
      RabbitOptions options,
      PublishingLink publishing,
      FaultBoundary faults) {
    this.options = options;
    this.publishing = publishing;
    this.faults = faults;
    this.threads = faults.around(new OwnThreads());
    this.keeper =
        new ReconnectingSession(
            factory,
            options,
            SessionPurpose.CONSUMING,
            "events wait in the consumers' queues",
            publishing.lostBindings(),
            faults);
  }

  /**
   * Begins; waits until the broker has answered, if it can be reached.
   *
   * @throws WiringException if the name is taken, its queues exist with other arguments, or the
   *     broker's user may not have them
   */
  synchronized void add(Subscription subscription) {
    if (of(subscription.consumer()).isPresent()) {
      throw new WiringException(
          "a consumer named '"
              + subscription.consumer()
              + "' is subscribed already: give each consumer a name of its own");
    }
    ConsumerCalls calls =
        new ConsumerCalls(subscription, Topology.of(options).attempts(), threads, faults);
    keeper.start();
    try {
      keeper.add(new ConsumerChannels(calls, publishing, options));
    } catch (WiringException e) {
      calls.close();
      throw e;
    }
    all.add(calls);
  }

  List<Subscription> subscriptions() {
    return all.stream().map(ConsumerCalls::subscription).toList();
  }

  /** Returns the consumer of this name in this process. */
  Optional<Subscription> of(String consumer) {
    return subscriptions().stream().filter(each -> each.consumer().equals(consumer)).findFirst();
  }

  /** Returns the subscriptions that take events of a type. */
  List<Subscription> takers(String type) {
    return subscriptions().stream().filter(each -> each.types().contains(type)).toList();
  }

  /** Returns the problems of the consumers. */
  List<Finding> findings() {
    return all.stream().flatMap(each -> each.findings().stream()).toList();
  }

  /** Returns how often consumers were paused. */
  long pauses() {
    return all.stream().mapToLong(each -> each.pausing().pauses()).sum();
  }

  /** Returns whether there is a session, if there is a consumer, or one comes within the limit. */
  boolean await(Duration limit) {
    return all.isEmpty() || keeper.await(limit);
  }

  /** Waits for handlers at work, and closes. Idempotent. */
  void close(Duration limit) {
    keeper.close(limit);
    all.forEach(ConsumerCalls::close);
  }
}
