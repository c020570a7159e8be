package com.techcorp.amqp;

import com.techcorp.error.WiringException;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names, sizes and times of a {@link RabbitEventBus}. Immutable; each {@code with} method returns a
 * changed copy. All processes on one broker must agree on {@code prefix} and {@code waits}: they
 * declare the same queues. So must all that serve a consumer agree on its limit.
 *
 * @param prefix begins the name of every exchange and queue; default {@code techcorp}
 * @param prefetch deliveries that a consumer in this process has at once, handled or waiting;
 *     default 50
 * @param waits before the second attempt, the third, and so on: a consumer gets an event once more
 *     than there are waits, then it is a dead letter; default 1 s, 10 s, 1 min, 10 min
 * @param confirmTimeout how long the broker may take to confirm an event before the connection
 *     counts as lost; default 10 s
 * @param wanted types that must reach a queue: one that does not stays in the outbox. What
 *     consumers of this process subscribe to is always wanted, and what once had a queue; default
 *     all types of orders' events, so leave out what nobody of yours consumes
 * @param maxBytes of a message; a longer one becomes a dead letter unread; default 1 MiB
 * @param topologyCheck how often exchanges, queues and bindings are declared again, because
 *     somebody may have deleted them, and a consumer that the broker refused is tried again; after
 *     the exchange of events was found deleted, no event is published for twice as long; default 1
 *     min
 * @param signing keys with which events, requests and replies are signed, and without which none is
 *     taken; default null: nothing is signed
 * @param limits of consumers' queues, by the consumers' names; default none
 */
public record RabbitOptions(
    String prefix,
    int prefetch,
    List<Duration> waits,
    Duration confirmTimeout,
    Set<String> wanted,
    int maxBytes,
    Duration topologyCheck,
    @Nullable SigningKeys signing,
    Map<String, QueueLimit> limits) {
  /** The defaults named above. */
  public static final RabbitOptions DEFAULT =
      new RabbitOptions(
          "techcorp",
          50,
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          OrderEventType.routingKeys(),
          1 << 20,
          Duration.ofMinutes(1),
          null,
          Map.of());

  /** Checks the values. */
  public RabbitOptions {
    waits = List.copyOf(waits);
    wanted = Set.copyOf(wanted);
    limits = Map.copyOf(limits);
    require(prefix.matches("[A-Za-z0-9._-]{1,60}"), "prefix must be 1 to 60 of A-Z a-z 0-9 . _ -");
    require(prefetch >= 1 && prefetch <= 65_535, "prefetch must be 1 to 65535, was " + prefetch);
    require(
        waits.stream().allMatch(wait -> wait.toMillis() >= 1), "waits must be at least 1 ms each");
    require(confirmTimeout.toMillis() >= 1, "confirmTimeout must be at least 1 ms");
    require(topologyCheck.toMillis() >= 1, "topologyCheck must be at least 1 ms");
    require(maxBytes >= 1, "maxBytes must be at least 1, was " + maxBytes);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("RabbitMQ: " + problem);
    }
  }

  /**
   * With other names.
   *
   * @param begin begins the name of every exchange and queue
   * @return a changed copy
   */
  public RabbitOptions withPrefix(String begin) {
    return new RabbitOptions(
        begin, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * With another number of deliveries at once.
   *
   * @param deliveries 1 to 65535
   * @return a changed copy
   */
  public RabbitOptions withPrefetch(int deliveries) {
    return new RabbitOptions(
        prefix,
        deliveries,
        waits,
        confirmTimeout,
        wanted,
        maxBytes,
        topologyCheck,
        signing,
        limits);
  }

  /**
   * With other waits between attempts.
   *
   * @param between before the second attempt, the third, and so on; empty: a first failure makes a
   *     dead letter
   * @return a changed copy
   */
  public RabbitOptions withWaits(List<Duration> between) {
    return new RabbitOptions(
        prefix,
        prefetch,
        between,
        confirmTimeout,
        wanted,
        maxBytes,
        topologyCheck,
        signing,
        limits);
  }

  /**
   * With another patience for confirms.
   *
   * @param longest at least 1 ms
   * @return a changed copy
   */
  public RabbitOptions withConfirmTimeout(Duration longest) {
    return new RabbitOptions(
        prefix, prefetch, waits, longest, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * With types that must reach a queue, because consumers want them, in this process or another.
   * What is left out and reaches none counts as published.
   *
   * @param types routing keys, such as {@code payment.confirmed}; replaces the default, which is
   *     {@link OrderEventType#routingKeys()}
   * @return a changed copy
   */
  public RabbitOptions withWanted(Set<String> types) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, types, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * With another bound of a message's length.
   *
   * @param bytes at least 1
   * @return a changed copy
   */
  public RabbitOptions withMaxBytes(int bytes) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, bytes, topologyCheck, signing, limits);
  }

  /**
   * With another interval between looks at what is declared.
   *
   * @param interval at least 1 ms
   * @return a changed copy
   */
  public RabbitOptions withTopologyCheck(Duration interval) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, interval, signing, limits);
  }

  /**
   * Signs what is published, and takes nothing that is not signed: an event without a signature of
   * these keys becomes a dead letter, a request is answered as malformed.
   *
   * @param keys the same in all processes
   * @return a changed copy
   */
  public RabbitOptions withSigning(SigningKeys keys) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, keys, limits);
  }

  /**
   * Limits what waits for a consumer. All processes must agree on it, as on {@code waits}: a queue
   * that exists without it, or with another one, is refused at start. A policy of the broker's that
   * sets {@code max-length} acts as {@link QueueLimit.Overflow#REFUSE} and can be changed at any
   * time.
   *
   * @param consumer its name
   * @param limit how much, and what happens beyond that
   * @return a changed copy
   */
  public RabbitOptions withLimit(String consumer, QueueLimit limit) {
    Map<String, QueueLimit> more = new HashMap<>(limits);
    more.put(consumer, limit);
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, more);
  }
}
