package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.inventory.InventoryReserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an inventory of this process to {@link RemoteInventoryReserver}s, over the quorum queue
 * {@code <prefix>.inventory.requests}; several processes on one database may share it. Thread-safe.
 *
 * <p>A request is settled when its reply is with the broker, so one that a process dies over comes
 * again, to this process or another; all calls but goods in are idempotent. Goods in are settled
 * before they are booked: at most once. A request that cannot be read gets an error reply and
 * delays no other.
 */
public final class InventoryServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(InventoryServer.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RabbitOptions options;
  private final RequestOptions requests;
  private final PublishingLink publishing;
  private final ReconnectingSession consuming;
  private final ExecutorService handlers;
  private final InventoryRequestHandler handler;

  private InventoryServer(
      InventoryReserver inventory,
      ConnectionFactory factory,
      RabbitOptions options,
      RequestOptions requests) {
    this.options = options;
    this.requests = requests;
    FaultBoundary faults = new FaultBoundary();
    this.handlers = faults.around(new OwnThreads()).pool("techcorp-inventory", requests.handlers());
    String without = "calls to the inventory wait";
    this.publishing = new PublishingLink(factory, options, without, faults);
    this.handler =
        new InventoryRequestHandler(
            inventory, options, requests.timeout(), publishing, handlers::isShutdown);
    this.consuming =
        new ReconnectingSession(
            factory, options, SessionPurpose.CONSUMING, without, publishing.lostBindings(), faults);
    consuming.attach(new Serving());
    consuming.start();
  }

  /**
   * Serves with {@link RabbitOptions#DEFAULT} and {@link RequestOptions#DEFAULT}.
   *
   * @param inventory such as {@code InventoryService.inventory()}
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @return connects in the background; close it before the inventory
   * @throws com.techcorp.error.WiringException if the address cannot be read
   */
  public static InventoryServer serve(InventoryReserver inventory, String uri) {
    return serve(inventory, uri, RabbitOptions.DEFAULT, RequestOptions.DEFAULT);
  }

  /**
   * Returns a server that answers inventory requests that arrive over RabbitMQ.
   *
   * @param inventory such as {@code InventoryService.inventory()}
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @param options the prefix of names, which server and client must share; the longest message
   * @param requests how many calls are worked on at once
   * @return connects in the background; close it before the inventory
   * @throws com.techcorp.error.WiringException if the address cannot be read
   */
  public static InventoryServer serve(
      InventoryReserver inventory, String uri, RabbitOptions options, RequestOptions requests) {
    return serve(inventory, Connections.factory(uri), options, requests);
  }

  /**
   * Serves through a factory of the host's.
   *
   * @param inventory such as {@code InventoryService.inventory()}
   * @param factory copied; its automatic recovery is turned off
   * @param options as in the other form
   * @param requests how many calls are worked on at once
   * @return connects in the background; close it before the inventory
   */
  public static InventoryServer serve(
      InventoryReserver inventory,
      ConnectionFactory factory,
      RabbitOptions options,
      RequestOptions requests) {
    return new InventoryServer(inventory, Connections.own(factory), options, requests);
  }

  /** Requests, on whichever session there is. On the keeper's thread. */
  private final class Serving implements SessionAttachment {
    private @Nullable Session served;

    @Override
    public String without() {
      return "Calls to the inventory are not served";
    }

    @Override
    public void begin(Session session) throws IOException {
      session.onOwnChannel(new TopologyDeclarations(Topology.of(options))::declareRequests);
      if (served != session) {
        session.endWith(consume(session));
        served = session;
      }
    }
  }

  private Channel consume(Session session) throws IOException {
    Topology topology = Topology.of(options);
    Channel channel = session.opened();
    try {
      channel.basicQos(requests.handlers());
      channel.basicConsume(
          topology.requests(),
          false,
          (tag, delivery) -> take(channel, delivery),
          tag -> channel.abort());
      return channel;
    } catch (IOException e) {
      channel.abort();
      throw new TopologyDeclarations(topology)
          .refused(e, "consume from the queue " + topology.requests());
    }
  }

  private void take(Channel channel, Delivery delivery) {
    try {
      handlers.execute(() -> handler.serve(channel, delivery));
    } catch (RejectedExecutionException e) {
      log.debug("Closing: a request goes to whoever serves next");
    }
  }

  /** Finishes current requests for up to 10 s; the next server gets the rest. Idempotent. */
  @Override
  public void close() {
    close(GRACE);
  }

  /**
   * Stops taking requests and closes the connection. Requests without an answer are delivered
   * again, to the next server.
   *
   * @param limit how long to wait for what it works on
   */
  public void close(Duration limit) {
    handlers.shutdown();
    try {
      if (!handlers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Calls to the inventory are still at work; they are answered by whoever is next");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consuming.close(limit);
    publishing.close(limit);
  }
}
