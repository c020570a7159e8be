package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
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

  private final InventoryReserver inventory;
  private final RabbitOptions options;
  private final RequestOptions requests;
  private final PublishingLink publishing;
  private final ReconnectingSession consuming;
  private final ExecutorService handlers;

  private InventoryServer(
      InventoryReserver inventory,
      ConnectionFactory factory,
      RabbitOptions options,
      RequestOptions requests) {
    this.inventory = inventory;
    this.options = options;
    this.requests = requests;
    FaultBoundary faults = new FaultBoundary();
    this.handlers = faults.around(new OwnThreads()).pool("techcorp-inventory", requests.handlers());
    String without = "calls to the inventory wait";
    this.publishing = new PublishingLink(factory, options, without, faults);
    this.consuming =
        new ReconnectingSession(
            factory, options, SessionPurpose.CONSUMING, without, publishing::hold, faults);
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
  private final class Serving implements ReconnectingSession.Attachment {
    private @Nullable Session served;

    @Override
    public String without() {
      return "Calls to the inventory are not served";
    }

    @Override
    public void begin(Session session) throws IOException {
      Topology topology = Topology.of(options);
      session.onOwnChannel(topology::declareRequests);
      if (served != session) {
        session.endWith(consume(session, topology));
        served = session;
      }
    }
  }

  private Channel consume(Session session, Topology topology) throws IOException {
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
      throw topology.refused(e, "consume from the queue " + topology.requests());
    }
  }

  private void take(Channel channel, Delivery delivery) {
    try {
      handlers.execute(() -> serve(channel, delivery));
    } catch (RejectedExecutionException e) {
      log.debug("Closing: a request goes to whoever serves next");
    }
  }

  /** Settles it, whatever happens: what is not settled takes a place for good. */
  private void serve(Channel channel, Delivery delivery) {
    long tag = delivery.getEnvelope().getDeliveryTag();
    boolean settled = false;
    try {
      Signatures.check(
          options.signing(),
          Signatures.Purpose.REQUEST,
          delivery.getProperties(),
          delivery.getBody());
      InventoryRequest request = InventoryRequest.read(delivery.getBody(), options.maxBytes());
      if (!mayReply()) {
        settled = true;
        settle(channel, tag, false);
        return;
      }
      boolean once = request.name().equals(InventoryRequest.RESTOCK);
      if (once) {
        settled = true;
        channel.basicAck(tag, false);
      }
      InventoryReply reply =
          once && delivery.getEnvelope().isRedeliver()
              ? InventoryReply.unavailable("it is not known whether this was booked: look")
              : answer(request);
      boolean told = reply(delivery, reply);
      if (!settled) {
        settled = true;
        settle(channel, tag, told);
      }
    } catch (Fields.MalformedException e) {
      refuse(channel, delivery, String.valueOf(e.getMessage()));
    } catch (IOException | AlreadyClosedException e) {
      log.debug("A request could not be settled, it comes again: {}", e.getMessage());
    } catch (Throwable e) {
      log.error("A request could not be served, it comes again", TokenRedaction.NONE.safe(e));
      if (!settled) {
        giveBack(channel, tag);
      }
    }
  }

  /**
   * Returns whether a reply is possible; otherwise the inventory is not called, because the request
   * would come again at once and be repeated. No caller waits for a reply longer than its time-out.
   */
  private boolean mayReply() {
    return publishing.awaitReady(requests.timeout(), handlers::isShutdown);
  }

  /**
   * Settles a request; one whose reply the broker does not have is delivered again, here or
   * elsewhere.
   */
  private static void settle(Channel channel, long tag, boolean told) throws IOException {
    if (told) {
      channel.basicAck(tag, false);
    } else {
      channel.basicReject(tag, true);
    }
  }

  private static void giveBack(Channel channel, long tag) {
    try {
      settle(channel, tag, false);
    } catch (IOException | AlreadyClosedException e) {
      log.debug("A request could not be given back, it comes again: {}", e.getMessage());
    }
  }

  /** The sender gets an error reply; the message has no content to keep. */
  private void refuse(Channel channel, Delivery delivery, String problem) {
    log.warn("A request to the inventory cannot be read: {}", problem);
    try {
      boolean told = reply(delivery, InventoryReply.malformed(problem));
      settle(channel, delivery.getEnvelope().getDeliveryTag(), told);
    } catch (IOException | AlreadyClosedException e) {
      log.debug("A request could not be settled, it comes again: {}", e.getMessage());
    }
  }

  private InventoryReply answer(InventoryRequest request) throws Fields.MalformedException {
    try {
      return told(request);
    } catch (Fields.MalformedException e) {
      throw e;
    } catch (Throwable e) {
      log.error("A call to the inventory failed", TokenRedaction.NONE.safe(e));
      return InventoryReply.unavailable("the inventory failed: " + e.getClass().getName());
    }
  }

  private InventoryReply told(InventoryRequest request) throws Fields.MalformedException {
    try {
      return request.on(inventory);
    } catch (TechCorpException e) {
      return InventoryReply.of(e);
    }
  }

  /** Returns whether the broker has the reply, or the caller is gone. */
  private boolean reply(Delivery delivery, InventoryReply reply) {
    BasicProperties asked = delivery.getProperties();
    Topology topology = Topology.of(options);
    String replyTo = asked.getReplyTo();
    if (replyTo == null) {
      return true;
    }
    if (!topology.isForReplies(replyTo)) {
      log.warn("A request to the inventory wants its reply in a queue that is not for replies");
      return true;
    }
    byte[] body = reply.body(options.maxBytes());
    BasicProperties properties =
        new BasicProperties.Builder()
            .correlationId(asked.getCorrelationId())
            .contentType("application/json")
            .contentEncoding("UTF-8")
            .build();
    try {
      PublishOutcome outcome =
          publishing.awaitOutcome(
              publishing.publish(
                  topology.queues(),
                  replyTo,
                  Signatures.signed(options.signing(), Signatures.Purpose.REPLY, properties, body),
                  body));
      return outcome == PublishOutcome.CONFIRMED || outcome == PublishOutcome.UNROUTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // we are being stopped: it comes again
    }
    return false;
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
