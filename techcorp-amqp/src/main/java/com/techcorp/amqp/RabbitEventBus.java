package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.error.NotFound;
import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.BusContext;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class RabbitEventBus implements EventBus, HealthSource {
  private static final Logger log = LoggerFactory.getLogger(RabbitEventBus.class);
  private static final String AWAY = "RabbitMQ is not connected, or takes nothing for now";
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RabbitOptions options;
  private final ConnectionFactory factory;
  private @Nullable TopologyWatch watch;
  private final SessionKeeper keeper;
  private final Set<String> routed = ConcurrentHashMap.newKeySet();
  private final Set<String> unrouted = ConcurrentHashMap.newKeySet();

  private RabbitEventBus(ConnectionFactory factory, RabbitOptions options) {
    this.options = options;
    this.factory = factory;
    this.keeper = new SessionKeeper(factory, options, "events wait in the outbox");
    keeper.start();
  }

  /**
   * Connects with {@link RabbitOptions#DEFAULT}.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @return a bus; it connects in the background
   * @throws WiringError if the address cannot be read
   */
  public static RabbitEventBus connect(String uri) {
    return connect(uri, RabbitOptions.DEFAULT);
  }

  /**
   * Connects.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @param options names, sizes and times
   * @return a bus; it connects in the background
   * @throws WiringError if the address cannot be read
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
    keeper.onFatal(context.faults()::caught);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of {@link Subscription#options} only the time-out counts here: each consumer has threads of
   * its own, for one handler at a time on each of its queues, and twice as many more for those that
   * do not return in time. A call beyond its time-out is interrupted and counts as failed. Its
   * queues are declared at once, or as soon as there is a broker.
   *
   * @throws WiringError if the name is taken in this process, cannot be part of a queue's name, its
   *     queues exist with other waits, or the broker's user may not have them; other consumers go
   *     on
   */
  @Override
  public synchronized void subscribe(Subscription subscription) {
    String consumer = checked(subscription.consumer());
    if (keeper.subscriptions().stream().anyMatch(other -> other.consumer().equals(consumer))) {
      throw new WiringError(
          "a consumer named '"
              + consumer
              + "' is subscribed already: give each consumer a name of its own");
    }
    keeper.add(subscription);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An event that reaches no queue counts as taken unless its type is {@link
   * RabbitOptions#wanted}, subscribed to in this process, or reached one before: then it stays in
   * the outbox.
   */
  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    byte[] body = EventMessage.body(event);
    return keeper
        .session()
        .filter(session -> !session.isBlocked())
        .map(
            session ->
                session
                    .publisher()
                    .publish(
                        Topology.of(options).events(),
                        event.type(),
                        signed(EventMessage.properties(event), body),
                        body))
        .map(fate -> fate.thenApply(what -> taken(event, what)))
        .orElseGet(() -> CompletableFuture.failedFuture(new Unavailable(AWAY)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>They go straight to the consumer's queue, which may be of any process; its first attempt.
   * What the consumer does not want is left out here if it is subscribed in this process, and
   * otherwise by whoever serves it.
   */
  @Override
  public void resend(String consumer, List<Event> events) {
    String queue = Topology.of(options).attempt(checked(consumer), 1);
    Optional<Subscription> known =
        keeper.subscriptions().stream()
            .filter(each -> each.consumer().equals(consumer))
            .findFirst();
    List<CompletableFuture<Publisher.Fate>> fates =
        events.stream()
            .filter(event -> known.isEmpty() || known.get().types().contains(event.type()))
            .map(event -> sent(queue, event, known.isEmpty()))
            .toList();
    for (CompletableFuture<Publisher.Fate> fate : fates) {
      switch (outcome(fate)) {
        case CONFIRMED -> {}
        case UNROUTED ->
            throw new NotFound("no consumer '" + consumer + "': there is no queue " + queue);
        case UNKNOWN ->
            throw new Unavailable("RabbitMQ did not confirm all events: send them again");
      }
    }
  }

  /**
   * @param asHistory whether the consumer may not want it; where it surely does, a process that
   *     does not know the type leaves it to others
   */
  private CompletableFuture<Publisher.Fate> sent(String queue, Event event, boolean asHistory) {
    byte[] body = EventMessage.body(event);
    BasicProperties properties =
        asHistory ? EventMessage.resent(event) : EventMessage.properties(event);
    return current()
        .publisher()
        .publish(Topology.of(options).queues(), queue, signed(properties, body), body);
  }

  private BasicProperties signed(BasicProperties properties, byte[] body) {
    return Signatures.signed(options.signing(), Signatures.Purpose.EVENT, properties, body);
  }

  private Session current() {
    return keeper
        .session()
        .orElseThrow(() -> new Unavailable("there is no connection to RabbitMQ now"));
  }

  /**
   * Takes a type away from a consumer that had it in an earlier version: events of this type reach
   * its queue no more. A queue stays bound to all that any version wanted, since another version
   * may still serve it; what none handles becomes a dead letter.
   *
   * @param consumer its name, in any process
   * @param type a routing key, such as {@code order.cancelled}
   * @throws WiringError if the consumer is subscribed in this process and wants the type
   * @throws NotFound if nobody has subscribed under this name
   * @throws Unavailable if the broker cannot be reached
   */
  public void unbind(String consumer, String type) {
    Topology topology = Topology.of(options);
    String queue = topology.attempt(checked(consumer), 1);
    if (keeper.subscriptions().stream()
        .anyMatch(each -> each.consumer().equals(consumer) && each.types().contains(type))) {
      throw new WiringError("the consumer '" + consumer + "' of this process wants " + type);
    }
    try (Channel channel = current().opened()) {
      channel.queueDeclarePassive(queue);
      channel.queueUnbind(queue, topology.events(), type);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      if (Topology.refusal(e) == AMQP.NOT_FOUND) {
        throw new NotFound("no consumer '" + consumer + "': there is no queue " + queue, e);
      }
      throw new Unavailable("the queue " + queue + " could not be unbound from " + type, e);
    }
  }

  private Publisher.Fate outcome(CompletableFuture<Publisher.Fate> fate) {
    try {
      return fate.get(options.confirmTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted: send all again", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new Unavailable("RabbitMQ did not confirm all events: send them again", e);
    }
  }

  private boolean taken(Event event, Publisher.Fate fate) {
    if (fate == Publisher.Fate.CONFIRMED) {
      routed.add(event.type());
      unrouted.remove(event.type());
      return true;
    }
    if (fate == Publisher.Fate.UNKNOWN) {
      return false;
    }
    boolean wanted = isWanted(event.type());
    if (unrouted.add(event.type())) {
      String then =
          wanted
              ? "it stays in the outbox, with its order's later events, until a consumer subscribes"
                  + " to it; if none is to, leave it out of RabbitOptions.withWanted"
              : "nobody wants it";
      log.warn("No queue takes {}: {}", event.type(), then);
    }
    return !wanted;
  }

  private boolean isWanted(String type) {
    return options.wanted().contains(type)
        || routed.contains(type)
        || keeper.subscriptions().stream().anyMatch(each -> each.types().contains(type));
  }

  /** Calls of handlers that are beyond their time-out: {@code CONSUMER_STUCK}. */
  @Override
  public List<Finding> findings() {
    return keeper.findings();
  }

  /**
   * Waits for a connection: for commands that do one thing and end. An application need not.
   *
   * @param limit how long at the most
   * @return whether there is one
   */
  public boolean awaitConnected(Duration limit) {
    return keeper.await(limit);
  }

  /**
   * What a consumer gave up on.
   *
   * @param consumer its name
   * @return its dead letters, in the broker
   */
  public RabbitDeadLetters deadLetters(String consumer) {
    return new RabbitDeadLetters(keeper, options, checked(consumer));
  }

  /**
   * Compares what the consumers of this process need at the broker with what is there, over the API
   * of RabbitMQ's management plugin; changes nothing.
   *
   * @param management such as {@code http://host:15672}; the user is that of the connection, and
   *     needs the tag {@code monitoring}
   * @return what differs; empty if all is well
   * @throws WiringError if the URL cannot be read, or the API refuses the user
   * @throws Unavailable if the API does not answer
   */
  public List<RabbitTopology.Difference> topology(String management) {
    return new RabbitTopology(new ManagementApi(management, factory), options)
        .differences(keeper.subscriptions());
  }

  /**
   * Compares as {@link #topology} does, at once and again and again, and warns in the log of each
   * difference when it appears. Ends with the bus; another call takes the place of the one before.
   *
   * @param management such as {@code http://host:15672}
   * @param every how often, at least 1 ms; a look reads all queues of the virtual host, so minutes
   *     are enough
   * @throws WiringError if the URL cannot be read, or the interval is too short
   */
  public synchronized void watchTopology(String management, Duration every) {
    if (every.toMillis() < 1) {
      throw new WiringError("RabbitMQ: the topology is looked at every 1 ms at the most");
    }
    RabbitTopology compared = new RabbitTopology(new ManagementApi(management, factory), options);
    endWatch();
    watch = new TopologyWatch(() -> compared.differences(keeper.subscriptions()));
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
    keeper.close(GRACE);
  }

  private static String checked(String consumer) {
    if (!consumer.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new WiringError("a consumer's name must be 1 to 100 of A-Z a-z 0-9 . _ -");
    }
    return consumer;
  }
}
