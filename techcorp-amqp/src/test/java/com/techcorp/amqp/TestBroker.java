package com.techcorp.amqp;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.servers.rabbit.RabbitServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Names of its own on a broker, and what a test does there beside the bus. */
final class TestBroker {
  private final String uri;
  private final Set<String> consumers = new HashSet<>();
  final RabbitOptions options;

  private TestBroker(String uri) {
    this(
        uri,
        RabbitOptions.DEFAULT
            .withPrefix("test." + UUID.randomUUID())
            .withWaits(List.of(Duration.ofMillis(20), Duration.ofMillis(40)))
            .withConfirmTimeout(Duration.ofSeconds(5)));
  }

  private TestBroker(String uri, RabbitOptions options) {
    this.uri = uri;
    this.options = options;
  }

  /** On the broker that tests share. */
  static TestBroker shared() {
    return on(RabbitServer.shared().amqpUri());
  }

  static TestBroker on(String uri) {
    return new TestBroker(uri);
  }

  /** The same names on the same broker, which is reached through another port. */
  TestBroker at(int port) {
    int path = uri.indexOf('/', uri.indexOf('@'));
    int end = path < 0 ? uri.length() : path;
    return new TestBroker(
        uri.substring(0, uri.lastIndexOf(':', end) + 1) + port + uri.substring(end), options);
  }

  String uri() {
    return uri;
  }

  RabbitEventBus connect() {
    return connect(options);
  }

  RabbitEventBus connect(RabbitOptions others) {
    return RabbitEventBus.connect(uri, others);
  }

  InventoryServer serve(InventoryReserver inventory, RequestOptions requests) {
    return serve(inventory, requests, options);
  }

  InventoryServer serve(
      InventoryReserver inventory, RequestOptions requests, RabbitOptions others) {
    return InventoryServer.serve(inventory, uri, others, requests);
  }

  RemoteInventoryReserver inventory(RequestOptions requests) {
    return RemoteInventoryReserver.connect(uri, options, requests);
  }

  /** Client and server connect in the background. */
  void awaitServed(InventoryReserver client) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> client.levels(List.of()).isEmpty());
  }

  /** To be removed in the end, with its queues. */
  String consumer(String name) {
    consumers.add(name);
    return name;
  }

  interface Task<T> {
    T on(Channel channel) throws Exception;
  }

  <T> T with(Task<T> task) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      return task.on(channel);
    }
  }

  /** Any bytes, as if they were an event. */
  void publish(String type, byte[] body) throws Exception {
    with(
        channel -> {
          channel.confirmSelect();
          channel.basicPublish(
              Topology.of(options).events(), type, new BasicProperties.Builder().build(), body);
          return channel.waitForConfirms(10_000);
        });
  }

  /** Deletes all that it was asked to declare, as a broker that lost its disk has nothing. */
  void wipe() {
    remove();
  }

  /** What it was asked to declare. */
  void remove() {
    Topology topology = Topology.of(options);
    try {
      with(
          channel -> {
            for (String consumer : consumers) {
              for (String queue : topology.queues(consumer)) {
                channel.queueDelete(queue);
              }
            }
            channel.queueDelete(topology.requests());
            for (String exchange : topology.exchanges()) {
              channel.exchangeDelete(exchange);
            }
            return true;
          });
    } catch (Exception e) {
      throw new IllegalStateException("the test's queues are left behind", e);
    }
  }
}
