package com.techcorp.amqp;

import com.techcorp.error.Require;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names, sizes and times of a {@link RabbitEventBus}. Immutable: each {@code with} method
 * returns a changed copy. All processes on one broker must agree on {@code prefix} and {@code
 * waits}: they declare the same queues. So must all that serve a consumer agree on its limit.
 *
 * @param prefix begins the name of every exchange and queue. Default {@code techcorp}
 * @param prefetch deliveries that a consumer in this process has at once, handled or waiting.
 *     Default 50
 * @param waits before the second attempt, the third, and so on: a consumer gets an event once more
 *     than there are waits, then it is a dead letter. Default 1 s, 10 s, 1 min, 10 min
 * @param confirmTimeout how long the broker may take to confirm an event before the connection
 *     counts as lost. Default 10 s
 * @param wanted types that must reach a queue: one that does not stays in the outbox. What
 *     consumers of this process subscribe to is always wanted, and what once had a queue. Default
 *     all types of orders' events, so remove types that none of your consumers takes
 * @param maxBytes of a message; a longer one becomes a dead letter unread. Default 1 MiB
 * @param topologyCheck how often exchanges, queues and bindings are declared again, because they
 *     may have been deleted, and a consumer that the broker refused is tried again; after the
 *     exchange of events was found deleted, no event is published for twice as long. Default 1 min
 * @param signing keys with which events, requests and replies are signed, and without which none is
 *     taken. Default null: nothing is signed
 * @param limits of consumers' queues, by the consumers' names. Default none
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

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RabbitOptions {
    waits = List.copyOf(waits);
    wanted = Set.copyOf(wanted);
    limits = Map.copyOf(limits);
    Require.that(
        prefix.matches("[A-Za-z0-9._-]{1,60}"),
        "RabbitOptions.prefix",
        "1 to 60 of A-Z a-z 0-9 . _ -",
        prefix);
    Require.between("RabbitOptions.prefetch", prefetch, 1, 65_535);
    waits.forEach(wait -> Require.atLeast("RabbitOptions.waits", wait, Duration.ofMillis(1)));
    Require.atLeast("RabbitOptions.confirmTimeout", confirmTimeout, Duration.ofMillis(1));
    Require.atLeast("RabbitOptions.topologyCheck", topologyCheck, Duration.ofMillis(1));
    Require.atLeast("RabbitOptions.maxBytes", maxBytes, 1);
  }

  /**
   * Changes what begins the name of every exchange and queue.
   *
   * @param prefix 1 to 60 of {@code A-Z a-z 0-9 . _ -}; default {@code techcorp}
   * @return a changed copy
   */
  public RabbitOptions withPrefix(String prefix) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes how many deliveries a consumer in this process has at once, handled or waiting.
   *
   * @param prefetch deliveries, 1 to 65535; default 50
   * @return a changed copy
   */
  public RabbitOptions withPrefetch(int prefetch) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes the waits before the second attempt, the third, and so on.
   *
   * @param waits at least 1 ms each; empty: a first failure makes a dead letter; default 1 s, 10 s,
   *     1 min, 10 min
   * @return a changed copy
   */
  public RabbitOptions withWaits(List<Duration> waits) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes how long the broker may take to confirm an event before the connection counts as lost.
   *
   * @param confirmTimeout at least 1 ms; default 10 s
   * @return a changed copy
   */
  public RabbitOptions withConfirmTimeout(Duration confirmTimeout) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes the types that must reach a queue, because consumers want them, in this process or
   * another. What is left out and reaches none counts as published.
   *
   * @param wanted routing keys, such as {@code payment.confirmed}; replaces the default, which is
   *     {@link OrderEventType#routingKeys()}
   * @return a changed copy
   */
  public RabbitOptions withWanted(Set<String> wanted) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes how long a message may be; a longer one becomes a dead letter unread.
   *
   * @param maxBytes bytes, at least 1; default 1 MiB
   * @return a changed copy
   */
  public RabbitOptions withMaxBytes(int maxBytes) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Changes how often exchanges, queues and bindings are declared again.
   *
   * @param topologyCheck at least 1 ms; default 1 min
   * @return a changed copy
   */
  public RabbitOptions withTopologyCheck(Duration topologyCheck) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Signs what is published, and takes nothing that is not signed: an event without a signature of
   * these keys becomes a dead letter, a request is answered as malformed.
   *
   * @param signing the same in all processes; null to sign nothing, the default
   * @return a changed copy
   */
  public RabbitOptions withSigning(@Nullable SigningKeys signing) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
  }

  /**
   * Replaces the limits of all consumers' queues; {@link #withLimit} adds one.
   *
   * @param limits by the consumers' names; default none
   * @return a changed copy
   */
  public RabbitOptions withLimits(Map<String, QueueLimit> limits) {
    return new RabbitOptions(
        prefix, prefetch, waits, confirmTimeout, wanted, maxBytes, topologyCheck, signing, limits);
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
    return withLimits(more);
  }
}
