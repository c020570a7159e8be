package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.messaging.spi.Publication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries events over RabbitMQ 3.10 or newer. Thread-safe; one for each process.
 *
 * <p>Events go to the topic exchange {@code <prefix>.events} under their type, persistent and
 * confirmed. Each named consumer has a quorum queue of its own, shared by all processes that
 * subscribe under its name. What a consumer fails on waits and comes again, as {@link
 * RabbitOptions#waits} says, and in the end lies in {@code <prefix>.<consumer>.dead} with the
 * reason in its headers: {@link #deadLetters}.
 *
 * <p>Without a broker nothing fails: events stay in the outbox, and the connection is tried again
 * for as long as it takes, 5 s apart at the most. What was sent and not confirmed then is sent
 * again, so consumers may get an event twice; an {@link com.techcorp.messaging.InboxEffect.Receive}
 * in the effect's transaction makes the effect happen once. Deliveries of a queue come in the order
 * of the outbox to one handler at a time in each process. With several processes on a queue, or
 * after a failed attempt, an order's later event may be handled before its earlier one.
 */
public final class RabbitEventBus implements EventTransport, HealthSource {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RabbitOptions options;
  private final ConnectionFactory factory;
  private @Nullable TopologyWatch watch;
  private final FaultBoundary faults = new FaultBoundary();
  private final PublishingLink publishing;
  private final Consumers consumers;
  private final EventPublishing events;

  private RabbitEventBus(ConnectionFactory factory, RabbitOptions options) {
    this.options = options;
    this.factory = factory;
    this.publishing = new PublishingLink(factory, options, "events wait in the outbox", faults);
    this.consumers = new Consumers(factory, options, publishing, faults);
    this.events = new EventPublishing(options, publishing, consumers);
  }

  /**
   * Returns a bus with {@link RabbitOptions#DEFAULT}.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @return a bus; it connects in the background
   * @throws WiringException if the address cannot be read
   */
  public static RabbitEventBus connect(String uri) {
    return connect(uri, RabbitOptions.DEFAULT);
  }

  /**
   * Returns a bus that connects to RabbitMQ in the background.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @param options names, sizes and times
   * @return a bus; it connects in the background
   * @throws WiringException if the address cannot be read
   */
  public static RabbitEventBus connect(String uri, RabbitOptions options) {
    return connect(Connections.factory(uri), options);
  }

  /**
   * Connects through a factory of the host's: TLS, several addresses, credentials that change.
   *
   * @param factory copied; its automatic recovery is turned off, since the bus connects again by
   *     itself, first connections included
   * @param options names, sizes and times
   * @return a bus; it connects in the background
   */
  public static RabbitEventBus connect(ConnectionFactory factory, RabbitOptions options) {
    return new RabbitEventBus(Connections.own(factory), options);
  }

  @Override
  public void start(BusContext context) {
    faults.onFatal(context.faults()::caught);
    events.start(context);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of {@link Subscription#options} only the time-out counts here: each consumer has threads of
   * its own, for one handler at a time on each of its queues, and twice as many more for those that
   * do not return in time. A call beyond its time-out is interrupted and counts as failed. Its
   * queues are declared at once, or as soon as there is a broker.
   *
   * @throws WiringException if the name is taken in this process, cannot be part of a queue's name,
   *     its queues exist with other waits, or the broker's user may not have them; other consumers
   *     go on
   */
  @Override
  public void subscribe(Subscription subscription) {
    checked(subscription.consumer());
    consumers.add(subscription);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An event that reaches no queue counts as taken unless its type is {@link
   * RabbitOptions#wanted}, subscribed to in this process, or reached one before: then it stays in
   * the outbox.
   *
   * <p>An event that the broker refuses, because the queue of one consumer is full, is with all
   * others. It moves to the backlog named {@code <prefix>.events}, up to 100,000 of them, and is
   * offered again until the queue has room; its order's later events go on. Beyond that bound
   * events of such a type wait in the outbox.
   */
  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    return events.offer(event).taken();
  }

  /**
   * {@inheritDoc}
   *
   * <p>An event that the broker refuses is passed by its order's later events at once. It is taken
   * when it is in the backlog, to which refused events move together, within a second.
   */
  @Override
  public Publication offer(Event event) {
    return events.offer(event);
  }

  /**
   * {@inheritDoc}
   *
   * <p>They go straight to the consumer's queue, which may be of any process; its first attempt. If
   * the consumer is subscribed in this process, types that it does not want are not sent. Otherwise
   * the process that gets them leaves them out.
   */
  @Override
  public void resend(String consumer, List<Event> history) {
    events.resend(checked(consumer), history);
  }

  /**
   * Takes a type away from a consumer that had it in an earlier version: events of this type reach
   * its queue no more. A queue stays bound to all that any version wanted, since another version
   * may still serve it; what none handles becomes a dead letter.
   *
   * @param consumer its name, in any process
   * @param type a routing key, such as {@code order.cancelled}
   * @throws WiringException if the consumer is subscribed in this process and wants the type
   * @throws NotFoundException if no consumer has subscribed under this name
   * @throws UnavailableException if the broker cannot be reached
   */
  public void unbind(String consumer, String type) {
    Topology topology = Topology.of(options);
    String queue = topology.attempt(checked(consumer), 1);
    if (consumers.of(consumer).filter(each -> each.types().contains(type)).isPresent()) {
      throw new WiringException("the consumer '" + consumer + "' of this process wants " + type);
    }
    try (Channel channel = publishing.session().opened()) {
      channel.queueDeclarePassive(queue);
      channel.queueUnbind(queue, topology.events(), type);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      if (BrokerRefusals.code(e) == AMQP.NOT_FOUND) {
        throw new NotFoundException(
            "no consumer '" + consumer + "': there is no queue " + queue, e);
      }
      throw new UnavailableException(
          "the queue " + queue + " could not be unbound from " + type, e);
    }
  }

  /**
   * Calls of handlers that are beyond their time-out ({@code CONSUMER_STUCK}), consumers that are
   * paused ({@code CONSUMER_PAUSED}), and types of events that a full queue refuses ({@code
   * QUEUE_FULL}).
   */
  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(consumers.findings());
    findings.addAll(events.findings());
    return findings;
  }

  /** How often consumers were paused. */
  @Override
  public Map<String, Long> counters() {
    return Map.of("consumers.pauses", consumers.pauses());
  }

  /**
   * Waits for a connection: for commands that do one thing and end. An application need not.
   *
   * @param limit how long at the most
   * @return whether there is one
   */
  public boolean awaitConnected(Duration limit) {
    return publishing.await(limit) && consumers.await(limit);
  }

  /**
   * Returns access to the dead letters of a consumer.
   *
   * @param consumer its name
   * @return its dead letters, in the broker
   */
  public RabbitDeadLetters deadLetters(String consumer) {
    return new RabbitDeadLetters(publishing, options, checked(consumer));
  }

  /**
   * Compares what the consumers of this process need at the broker with what is there, over the API
   * of RabbitMQ's management plugin; changes nothing.
   *
   * @param management such as {@code http://host:15672}; the user is that of the connection, and
   *     needs the tag {@code monitoring}
   * @return what differs; empty if all is well
   * @throws WiringException if the URL cannot be read, or the API refuses the user
   * @throws UnavailableException if the API does not answer
   */
  public List<RabbitTopology.Difference> topology(String management) {
    return new RabbitTopology(new ManagementApi(management, factory), options)
        .differences(consumers.subscriptions());
  }

  /**
   * Compares as {@link #topology} does, at once and again and again, and warns in the log of each
   * difference when it appears. Ends with the bus; another call takes the place of the one before.
   *
   * @param management such as {@code http://host:15672}
   * @param every how often, at least 1 ms; a look reads all queues of the virtual host, so minutes
   *     are enough
   * @throws WiringException if the URL cannot be read, or the interval is too short
   */
  public synchronized void watchTopology(String management, Duration every) {
    if (every.toMillis() < 1) {
      throw new WiringException("RabbitMQ: the topology is looked at every 1 ms at the most");
    }
    RabbitTopology compared = new RabbitTopology(new ManagementApi(management, factory), options);
    endWatch();
    watch = new TopologyWatch(() -> compared.differences(consumers.subscriptions()));
    watch.start(every);
  }

  private synchronized void endWatch() {
    TopologyWatch last = watch;
    if (last != null) {
      last.close();
    }
  }

  /**
   * Ends deliveries: waits up to 10 s for the handlers at work. What is not acknowledged is
   * delivered again later. Idempotent.
   */
  @Override
  public void close() {
    endWatch();
    consumers.close(GRACE);
    events.close();
    publishing.close(GRACE);
  }

  private static String checked(String consumer) {
    if (!consumer.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new WiringException("a consumer's name must be 1 to 100 of A-Z a-z 0-9 . _ -");
    }
    return consumer;
  }
}
