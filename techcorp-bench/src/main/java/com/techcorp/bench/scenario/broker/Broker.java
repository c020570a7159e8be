package com.techcorp.bench.scenario.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.amqp.QueueLimit;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.rabbit.RabbitServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A RabbitMQ of a run's own, as durable as it is by default, with one queue that takes all events.
 */
final class Broker implements AutoCloseable {
  private static final String CONSUMER = "bench";
  private static final String FULL = "full";
  private static final RabbitOptions OPTIONS =
      RabbitOptions.DEFAULT
          .withWanted(OrderEventType.routingKeys())
          .withLimit(FULL, QueueLimit.refuse(1));
  private static final String EXCHANGE = OPTIONS.prefix() + ".events";
  private static final String QUEUE = OPTIONS.prefix() + "." + CONSUMER;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PERSISTENT = 2;

  private final RabbitServer server;
  private final Connection connection;
  private final Channel channel;

  private Broker(RabbitServer server, Connection connection, Channel channel) {
    this.server = server;
    this.connection = connection;
    this.channel = channel;
  }

  static Broker start() {
    RabbitServer server = RabbitServer.start();
    try {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(server.amqpUri());
      Connection connection = factory.newConnection("bench");
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      Broker broker = new Broker(server, connection, channel);
      broker.consuming(event -> {}).close(); // what it declared stays
      return broker;
    } catch (IOException
        | TimeoutException
        | URISyntaxException
        | GeneralSecurityException
        | RuntimeException e) {
      server.close();
      throw new IllegalStateException("the broker cannot be used: " + e, e);
    }
  }

  /** The library's bus, with nobody who consumes. */
  RabbitEventBus bus() {
    RabbitEventBus bus = RabbitEventBus.connect(server.amqpUri(), OPTIONS);
    if (!bus.awaitConnected(PATIENCE)) {
      throw new IllegalStateException("no connection to the broker");
    }
    return bus;
  }

  /** The library's bus, and a consumer of all events. */
  RabbitEventBus consuming(Consumer<Event> consumer) {
    RabbitEventBus bus = bus();
    bus.subscribe(new Subscription(CONSUMER, OrderEventType.routingKeys(), consumer::accept));
    return bus;
  }

  /** Until it is closed. */
  interface FullQueue {
    void close();
  }

  /** A consumer that takes nothing, and whose queue is soon full. */
  FullQueue full() {
    CountDownLatch end = new CountDownLatch(1);
    RabbitEventBus bus = bus();
    bus.subscribe(new Subscription(FULL, OrderEventType.routingKeys(), event -> end.await()));
    return () -> {
      end.countDown();
      bus.close();
      try {
        channel.queueDelete(OPTIONS.prefix() + "." + FULL);
      } catch (IOException e) {
        throw new IllegalStateException("the full queue could not be deleted", e);
      }
    };
  }

  /** A message, ready to be sent. */
  static final class Bare {
    private final String key;
    private final BasicProperties properties;
    private final byte[] body;

    private Bare(Event event) {
      key = event.type();
      body = event.json().getBytes(StandardCharsets.UTF_8);
      properties =
          new BasicProperties.Builder()
              .messageId(event.id().toString())
              .type(event.type())
              .contentType("application/json")
              .contentEncoding("UTF-8")
              .deliveryMode(PERSISTENT)
              .headers(
                  Map.of(
                      "techcorp-stream",
                      event.stream().type() + "/" + event.stream().id(),
                      "techcorp-sequence",
                      event.sequence()))
              .build();
    }

    static Bare of(Event event) {
      return new Bare(event);
    }
  }

  /** By the client's own means: publishes so many, waits for all their confirms, and again. */
  void publish(List<Bare> messages, int batch) throws InterruptedException {
    try {
      for (int from = 0; from < messages.size(); from += batch) {
        for (Bare each : messages.subList(from, Math.min(messages.size(), from + batch))) {
          channel.basicPublish(EXCHANGE, each.key, true, each.properties, each.body);
        }
        channel.waitForConfirmsOrDie();
      }
    } catch (IOException e) {
      throw new IllegalStateException("publishing failed", e);
    }
  }

  /** Empties the queue. */
  int purge() {
    try {
      return channel.queuePurge(QUEUE).getMessageCount();
    } catch (IOException e) {
      throw new IllegalStateException("the queue could not be emptied", e);
    }
  }

  @Override
  public void close() {
    connection.abort();
    server.close();
  }
}
