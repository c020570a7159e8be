package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.error.WiringError;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
public final class RabbitEventBus implements EventBus {
  private static final Logger log = LoggerFactory.getLogger(RabbitEventBus.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int HEARTBEAT_SECONDS = 10;

  private final RabbitOptions options;
  private final SessionKeeper keeper;
  private final Set<String> unrouted = ConcurrentHashMap.newKeySet();

  private RabbitEventBus(ConnectionFactory factory, RabbitOptions options) {
    this.options = options;
    this.keeper = new SessionKeeper(factory, options);
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
    ConnectionFactory factory = new ConnectionFactory();
    try {
      factory.setUri(uri);
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
      throw new WiringError("RabbitMQ: the address must read amqp://user:password@host:port/vhost");
    }
    factory.setConnectionTimeout(CONNECT_MILLIS);
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    return connect(factory, options);
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
    ConnectionFactory own = factory.clone();
    own.setAutomaticRecoveryEnabled(false);
    own.setTopologyRecoveryEnabled(false);
    return new RabbitEventBus(own, options);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its queues are declared at once, or as soon as there is a broker.
   *
   * @throws WiringError if the name is taken in this process, cannot be part of a queue's name, or
   *     its queues exist with other waits
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
   * RabbitOptions#wanted} or subscribed to in this process: then it stays in the outbox.
   */
  @Override
  public CompletableFuture<Boolean> publish(Event event) {
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
                        EventMessage.properties(event),
                        EventMessage.body(event)))
        .map(fate -> fate.thenApply(what -> taken(event, what)))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  private boolean taken(Event event, Publisher.Fate fate) {
    if (fate == Publisher.Fate.CONFIRMED) {
      unrouted.remove(event.type());
      return true;
    }
    if (fate == Publisher.Fate.UNKNOWN) {
      return false;
    }
    boolean wanted = isWanted(event.type());
    if (unrouted.add(event.type())) {
      String then = wanted ? "it stays in the outbox until one does" : "nobody wants it";
      log.warn("No queue takes {}: {}", event.type(), then);
    }
    return !wanted;
  }

  private boolean isWanted(String type) {
    return options.wanted().contains(type)
        || keeper.subscriptions().stream().anyMatch(each -> each.types().contains(type));
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
   * Ends deliveries: waits up to 10 s for the handlers at work. What is not acknowledged is
   * delivered again later. Idempotent.
   */
  @Override
  public void close() {
    keeper.close(GRACE);
  }

  private static String checked(String consumer) {
    if (!consumer.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new WiringError("a consumer's name must be 1 to 100 of A-Z a-z 0-9 . _ -");
    }
    return consumer;
  }
}
