package com.techcorp.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The exchanges and queues of a prefix. Every queue is bound under its own name to one exchange of
 * ours, where the default exchange would do: writing to that is a permission for all queues of the
 * virtual host. For a consumer there is one queue of what is new, and a ladder beside it: rejecting
 * a delivery of attempt n dead-letters it to the n-th wait, whose time to live dead-letters it to
 * the queue of attempt n + 1; after the last it is in the consumer's dead letters. So the broker
 * alone moves an event, and its crash in between does not lose it; it may double it, as every
 * delivery may be.
 */
record Topology(String prefix, List<Duration> waits, Map<String, QueueLimit> limits) {
  /** After this many unsettled deliveries (crashes), the broker drops a request. */
  private static final int REQUEST_LIMIT = 20;

  /**
   * Of a queue whose deliveries may go back without end: a pause gives back what the consumer
   * holds, a crash what it had not begun with, a look what it looked at. RabbitMQ 4 drops after 20
   * times unless told otherwise, and RabbitMQ 3 does not know its word for "never".
   */
  private static final int WITHOUT_END = Integer.MAX_VALUE;

  /** What a queue's name has behind the consumer's. */
  private static final Pattern PART = Pattern.compile("\\.(dead|wait\\.\\d+|again\\.\\d+)$");

  static Topology of(RabbitOptions options) {
    return new Topology(options.prefix(), options.waits(), options.limits());
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

  /** Returns the queue of an attempt, from 1. */
  String attempt(String consumer, int attempt) {
    return prefix + "." + consumer + (attempt == 1 ? "" : ".again." + attempt);
  }

  /** Returns the queue in which a delivery waits after an attempt; there is none after the last. */
  String wait(String consumer, int attempt) {
    return prefix + "." + consumer + ".wait." + attempt;
  }

  String dead(String consumer) {
    return prefix + "." + consumer + ".dead";
  }

  /** Returns the queue in which calls to the inventory wait for a server. */
  String requests() {
    return prefix + ".inventory.requests";
  }

  /** Returns what the names of all queues of replies begin with. */
  String replies() {
    return prefix + ".inventory.replies.";
  }

  /**
   * Returns whether a reply may go there: what asks names the queue, and must not name any other.
   */
  boolean isForReplies(String queue) {
    return queue.startsWith(replies());
  }

  int attempts() {
    return waits.size() + 1;
  }

  /**
   * Returns the consumer that a queue belongs to.
   *
   * @return its name; empty if the queue is none of a consumer's
   */
  Optional<String> consumerOf(String queue) {
    if (!queue.startsWith(prefix + ".") || queue.startsWith(prefix + ".inventory.re")) {
      return Optional.empty();
    }
    return Optional.of(PART.matcher(queue.substring(prefix.length() + 1)).replaceFirst(""));
  }

  /** Returns the names of all queues of a consumer. */
  List<String> queues(String consumer) {
    return queuesOf(consumer).stream().map(Queue::name).toList();
  }

  Set<String> exchanges() {
    return exchangeTypes().keySet();
  }

  /** Returns the exchanges and their types. */
  Map<String, String> exchangeTypes() {
    String direct = BuiltinExchangeType.DIRECT.getType();
    return Map.of(
        events(), BuiltinExchangeType.TOPIC.getType(), retries(), direct, queues(), direct);
  }

  /** A queue as it must be. */
  record Queue(String name, Map<String, Object> arguments) {}

  /** A binding of a queue to an exchange. */
  record Binding(String exchange, String queue, String key) {}

  List<Queue> queuesOf(String consumer) {
    List<Queue> queues = new ArrayList<>();
    for (int attempt = 1; attempt <= attempts(); attempt++) {
      Map<String, Object> limit = Map.of("x-delivery-limit", WITHOUT_END);
      Map<String, Object> arguments = movingOn(retries(), rejected(consumer, attempt), limit);
      if (attempt == 1) {
        limit(consumer, QueueLimit.Overflow.REFUSE, arguments);
      }
      queues.add(quorum(attempt(consumer, attempt), arguments));
    }
    for (int attempt = 1; attempt < attempts(); attempt++) {
      Map<String, Object> time = Map.of("x-message-ttl", waits.get(attempt - 1).toMillis());
      Map<String, Object> arguments = movingOn(queues(), attempt(consumer, attempt + 1), time);
      queues.add(quorum(wait(consumer, attempt), arguments));
    }
    queues.add(quorum(dead(consumer), Map.of("x-delivery-limit", WITHOUT_END)));
    queues.forEach(queue -> limit(consumer, QueueLimit.Overflow.DROP_OLDEST, queue.arguments()));
    return queues;
  }

  /** If the consumer has a limit of this kind. */
  private void limit(String consumer, QueueLimit.Overflow overflow, Map<String, Object> arguments) {
    QueueLimit limit = limits.get(consumer);
    if (limit == null || limit.overflow() != overflow) {
      return;
    }
    arguments.put("x-max-length", limit.events());
    if (overflow == QueueLimit.Overflow.DROP_OLDEST) {
      arguments.put("x-overflow", "drop-head");
      arguments.remove("x-dead-letter-strategy"); // at least once does not go with it
    }
  }

  /**
   * Returns the bindings, those to events last, so that nothing arrives that could not be moved on.
   */
  List<Binding> bindingsOf(String consumer, Set<String> types) {
    List<Binding> bindings = new ArrayList<>();
    for (Queue queue : queuesOf(consumer)) {
      bindings.add(new Binding(queues(), queue.name(), queue.name()));
    }
    bindings.add(new Binding(retries(), dead(consumer), rejected(consumer, attempts())));
    for (int attempt = 1; attempt < attempts(); attempt++) {
      String key = rejected(consumer, attempt);
      bindings.add(new Binding(retries(), wait(consumer, attempt), key));
    }
    for (String type : types) {
      bindings.add(new Binding(events(), attempt(consumer, 1), type));
    }
    return bindings;
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
   * Returns the queue of requests as it must be, without dead letters: a caller repeats what the
   * broker drops by age or delivery limit.
   */
  Queue requestQueue() {
    return quorum(requests(), Map.of("x-delivery-limit", REQUEST_LIMIT));
  }

  /**
   * Returns the queue that a rejected delivery of an attempt moves to. It tells how many attempts
   * there are, so that a process with another number of retry queues is refused and does not route
   * this one's deliveries.
   */
  private String rejected(String consumer, int attempt) {
    return consumer + "." + attempt + ".of." + attempts();
  }

  private static Queue quorum(String name, Map<String, Object> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("x-queue-type", "quorum");
    return new Queue(name, all);
  }
}
