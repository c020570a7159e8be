package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.inventory.InventoryReserver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers single requests to an inventory, as {@link InventoryServer} says. Thread-safe. */
final class InventoryRequestHandler {
  private static final Logger log = LoggerFactory.getLogger(InventoryRequestHandler.class);

  private final InventoryReserver inventory;
  private final RabbitOptions options;
  private final Duration timeout;
  private final PublishingLink publishing;
  private final BooleanSupplier stopping;

  /**
   * @param timeout how long a caller waits for a reply
   * @param publishing where replies are published
   * @param stopping whether the server ends, and waits for no broker
   */
  InventoryRequestHandler(
      InventoryReserver inventory,
      RabbitOptions options,
      Duration timeout,
      PublishingLink publishing,
      BooleanSupplier stopping) {
    this.inventory = inventory;
    this.options = options;
    this.timeout = timeout;
    this.publishing = publishing;
    this.stopping = stopping;
  }

  /**
   * Answers a request and settles it, whatever happens: what is not settled takes a place for good.
   */
  void serve(Channel channel, Delivery delivery) {
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
    return publishing.awaitReady(timeout, stopping);
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
}
