package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.error.WiringError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges and queues of a prefix. Every queue is bound under its own name to one exchange of
 * ours, where the default exchange would do: writing to that is a permission for all queues of the
 * virtual host. For a consumer there is one queue of what is new, and a ladder beside it: rejecting
 * a delivery of attempt n dead-letters it to the n-th wait, whose time to live dead-letters it to
 * the queue of attempt n + 1; after the last it is in the consumer's dead letters. So the broker
 * alone moves an event, and its crash in between does not lose it; it may double it, as every
 * delivery may be.
 */
record Topology(String prefix, List<Duration> waits) {
  /** After so many deliveries that nobody settled (crashes), the broker rejects by itself. */
  private static final int DELIVERY_LIMIT = 20;

  /**
   * A look at a dead letter is a delivery that nobody settled. RabbitMQ 4 drops after 20 of them
   * unless told otherwise, and RabbitMQ 3 does not know its word for "never".
   */
  private static final int LOOKED_AT_WITHOUT_END = Integer.MAX_VALUE;

  static Topology of(RabbitOptions options) {
    return new Topology(options.prefix(), options.waits());
  }

  String events() {
    return prefix + ".events";
  }

  /** Direct exchange in front of every queue, under the queue's name. */
  String queues() {
    return prefix + ".queues";
  }

  private String retries() {
    return prefix + ".retries";
  }

  /** The queue of an attempt, from 1. */
  String attempt(String consumer, int attempt) {
    return prefix + "." + consumer + (attempt == 1 ? "" : ".again." + attempt);
  }

  /** Where a delivery waits after an attempt; there is none after the last. */
  String wait(String consumer, int attempt) {
    return prefix + "." + consumer + ".wait." + attempt;
  }

  String dead(String consumer) {
    return prefix + "." + consumer + ".dead";
  }

  /** Where calls to the inventory wait for whoever serves them. */
  String requests() {
    return prefix + ".inventory.requests";
  }

  private String replies() {
    return prefix + ".inventory.replies.";
  }

  /**
   * A queue of replies to one process, which ends with the channel's connection. The broker's own
   * choice of a name would need a permission of its own.
   */
  String declareReplies(Channel channel) throws IOException {
    String name = replies() + UUID.randomUUID();
    channel.queueDeclare(name, false, true, true, null);
    channel.queueBind(name, queues(), name);
    return name;
  }

  /** Whether a reply may go there: what asks names the queue, and must not name any other. */
  boolean isForReplies(String queue) {
    return queue.startsWith(replies());
  }

  int attempts() {
    return waits.size() + 1;
  }

  /** All that a consumer has. */
  List<String> queues(String consumer) {
    List<String> queues = new ArrayList<>(List.of(dead(consumer)));
    for (int attempt = 1; attempt <= attempts(); attempt++) {
      queues.add(attempt(consumer, attempt));
      queues.add(wait(consumer, attempt));
    }
    return queues;
  }

  List<String> exchanges() {
    return List.of(events(), retries(), queues());
  }

  void declareExchanges(Channel channel) throws IOException {
    channel.exchangeDeclare(events(), BuiltinExchangeType.TOPIC, true);
    channel.exchangeDeclare(retries(), BuiltinExchangeType.DIRECT, true);
    channel.exchangeDeclare(queues(), BuiltinExchangeType.DIRECT, true);
  }

  /**
   * Queues before bindings, for a queue that exists otherwise is to be refused before anything is
   * routed otherwise; and the binding to events last, so that nothing arrives that could not be
   * moved on.
   *
   * @throws WiringError if a queue exists with other arguments
   */
  void declareConsumer(Channel channel, String consumer, Set<String> types) throws IOException {
    for (int attempt = 1; attempt <= attempts(); attempt++) {
      queue(
          channel,
          attempt(consumer, attempt),
          movingOn(
              retries(), rejected(consumer, attempt), Map.of("x-delivery-limit", DELIVERY_LIMIT)));
    }
    for (int attempt = 1; attempt < attempts(); attempt++) {
      queue(
          channel,
          wait(consumer, attempt),
          movingOn(
              queues(),
              attempt(consumer, attempt + 1),
              Map.of("x-message-ttl", waits.get(attempt - 1).toMillis())));
    }
    queue(channel, dead(consumer), Map.of("x-delivery-limit", LOOKED_AT_WITHOUT_END));
    bind(channel, consumer, types);
  }

  /**
   * Arguments of a queue that hands on what it gives up. By default the broker takes it out of one
   * queue and then puts it into the next, and loses it if it dies in between; at least once, it
   * waits for the next queue's confirm first, for which overflow must be refused rather than drop
   * the head.
   */
  private static Map<String, Object> movingOn(
      String exchange, String key, Map<String, Object> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("x-dead-letter-exchange", exchange);
    all.put("x-dead-letter-routing-key", key);
    all.put("x-dead-letter-strategy", "at-least-once");
    all.put("x-overflow", "reject-publish");
    return all;
  }

  /**
   * What is dropped here, by its age or by the broker's delivery limit, is repeated by whoever
   * waits for it; so it has no dead letters.
   *
   * @throws WiringError if the queue exists with other arguments
   */
  void declareRequests(Channel channel) throws IOException {
    queue(channel, requests(), Map.of("x-delivery-limit", DELIVERY_LIMIT));
  }

  private void bind(Channel channel, String consumer, Set<String> types) throws IOException {
    channel.queueBind(dead(consumer), retries(), rejected(consumer, attempts()));
    for (int attempt = 1; attempt < attempts(); attempt++) {
      channel.queueBind(wait(consumer, attempt), retries(), rejected(consumer, attempt));
    }
    for (String type : types) {
      channel.queueBind(attempt(consumer, 1), events(), type);
    }
  }

  /**
   * Where a rejected delivery of an attempt goes. It tells how many attempts there are, so that a
   * process with a ladder of another length is refused and does not route this one's deliveries.
   */
  private String rejected(String consumer, int attempt) {
    return consumer + "." + attempt + ".of." + attempts();
  }

  private void queue(Channel channel, String name, Map<String, Object> arguments)
      throws IOException {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("x-queue-type", "quorum");
    try {
      channel.queueDeclare(name, true, false, false, all);
      channel.queueBind(name, queues(), name);
    } catch (IOException e) {
      if (refusal(e) == AMQP.PRECONDITION_FAILED) {
        throw new WiringError(
            "the queue "
                + name
                + " exists with other arguments: give all processes the same waits, or drain and"
                + " delete it");
      }
      throw refused(e, "declare and bind the queue " + name);
    }
  }

  /**
   * What to throw for a failure.
   *
   * @return the failure itself
   * @throws WiringError if the broker says that its user may not do it
   */
  IOException refused(IOException failure, String what) {
    if (refusal(failure) == AMQP.ACCESS_REFUSED) {
      throw new WiringError(
          "RabbitMQ's user may not "
              + what
              + ": permit it to configure, write and read what begins with "
              + prefix
              + ".");
    }
    return failure;
  }

  /** The code with which the broker closed the channel; 0 if it did not. */
  static int refusal(@Nullable Throwable failure) {
    if (failure instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close) {
      return close.getReplyCode();
    }
    return failure == null ? 0 : refusal(failure.getCause());
  }
}
