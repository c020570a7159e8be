package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.techcorp.messaging.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares what the bus needs at the broker with what is there, over the HTTP API of RabbitMQ's
 * management plugin; it changes nothing. The API's user is that of the AMQP connection, and needs
 * the tag {@code monitoring}. Thread-safe.
 *
 * <p>Throws {@link com.techcorp.error.UnavailableException} when the API does not answer, and
 * {@link com.techcorp.error.WiringException} when it refuses the user.
 */
public final class RabbitTopology {
  /** What a policy may set without changing what is delivered. */
  private static final Set<String> HARMLESS =
      Set.of("ha-mode", "ha-params", "ha-sync-mode", "queue-leader-locator", "target-group-size");

  /** A consumer's first queue may have a limit: beyond it the broker refuses, and loses nothing. */
  private static final Set<String> LIMITS = Set.of("max-length", "max-length-bytes");

  private final ManagementApi api;
  private final Topology topology;

  RabbitTopology(ManagementApi api, RabbitOptions options) {
    this.api = api;
    this.topology = Topology.of(options);
  }

  /**
   * Looks without a bus, as a command does.
   *
   * @param uri the broker's, such as {@code amqp://user:password@host:5672/vhost}; never logged
   * @param management such as {@code http://host:15672}
   * @param options the prefix of names, and the waits
   * @return to be asked
   * @throws com.techcorp.error.WiringException if an address cannot be read
   */
  public static RabbitTopology at(String uri, String management, RabbitOptions options) {
    return new RabbitTopology(new ManagementApi(management, Connections.factory(uri)), options);
  }

  /** The kinds of problems. */
  public enum Kind {
    /** An exchange, a queue or a binding is not there. */
    MISSING,
    /** A queue has other arguments, or a policy that changes what is delivered. */
    ALTERED,
    /** No process consumes from a consumer's queues: they grow without end. */
    ORPHANED,
    /** A queue is bound to a type of events that its consumer does not take. */
    UNWANTED,
    /** A queue holds as much as its arguments and policies let it: the broker refuses more. */
    FULL
  }

  /**
   * Something that is not as it should be.
   *
   * @param kind what is wrong
   * @param name of the exchange, queue or consumer
   * @param what in a sentence, with what to do where that is not plain
   */
  public record Difference(Kind kind, String name, String what) {}

  /**
   * Compares what is there with the consumers whose queues are there: the types that they should be
   * bound to are unknown here.
   *
   * @return what differs; empty if all is well
   */
  public List<Difference> differences() {
    BrokerTopology broker = BrokerTopology.read(api);
    List<Difference> found = exchanges(broker);
    for (String consumer : broker.consumers(topology)) {
      compare(broker, consumer, broker.types(topology, consumer), found);
    }
    orphans(broker, Set.of(), found);
    full(broker, found);
    return found;
  }

  /**
   * Compares what is there with what consumers need.
   *
   * @param subscriptions the consumers of this process; those of others are only checked for queues
   *     without a consumer
   * @return what differs; empty if all is well
   */
  public List<Difference> differences(Collection<Subscription> subscriptions) {
    BrokerTopology broker = BrokerTopology.read(api);
    List<Difference> found = exchanges(broker);
    for (Subscription each : subscriptions) {
      compare(broker, each.consumer(), each.types(), found);
      unwanted(broker, each, found);
    }
    Set<String> known =
        subscriptions.stream().map(Subscription::consumer).collect(Collectors.toSet());
    orphans(broker, known, found);
    full(broker, found);
    return found;
  }

  private List<Difference> exchanges(BrokerTopology broker) {
    List<Difference> found = new ArrayList<>();
    topology
        .exchangeTypes()
        .forEach(
            (name, type) -> {
              String there = broker.exchanges().get(name);
              if (there == null) {
                found.add(new Difference(Kind.MISSING, name, "there is no such exchange"));
              } else if (!there.equals(type)) {
                found.add(
                    new Difference(Kind.ALTERED, name, "is a " + there + " exchange, not " + type));
              }
            });
    return found;
  }

  private void compare(
      BrokerTopology broker, String consumer, Set<String> types, List<Difference> found) {
    for (Topology.Queue queue : topology.queuesOf(consumer)) {
      JsonNode there = broker.queues().get(queue.name());
      if (there == null) {
        found.add(new Difference(Kind.MISSING, queue.name(), "there is no such queue"));
      } else {
        arguments(queue, there.path("arguments"), found);
        policy(queue.name(), queue.name().equals(topology.attempt(consumer, 1)), there, found);
      }
    }
    for (Topology.Binding binding : topology.bindingsOf(consumer, types)) {
      if (!broker.bindings().contains(binding) && broker.queues().containsKey(binding.queue())) {
        String what = "is not bound to " + binding.exchange() + " by " + binding.key();
        found.add(new Difference(Kind.MISSING, binding.queue(), what));
      }
    }
  }

  private static void arguments(Topology.Queue queue, JsonNode there, List<Difference> found) {
    queue
        .arguments()
        .forEach(
            (argument, value) -> {
              String is = there.path(argument).asText("nothing");
              if (!is.equals(String.valueOf(value))) {
                String what = argument + " is " + is + " and should be " + value;
                found.add(new Difference(Kind.ALTERED, queue.name(), what));
              }
            });
  }

  /** Also an operator's policy, which counts as a limit beside the arguments. */
  private static void policy(String queue, boolean first, JsonNode there, List<Difference> found) {
    List<String> set = new ArrayList<>();
    there
        .path("effective_policy_definition")
        .properties()
        .forEach(
            each -> {
              boolean limit = first && LIMITS.contains(each.getKey());
              if (!limit && !HARMLESS.contains(each.getKey())) {
                set.add(each.getKey() + "=" + each.getValue().asText());
              }
            });
    if (!set.isEmpty()) {
      String name = there.path("policy").asText(there.path("operator_policy").asText());
      String what = "the policy " + name + " sets " + String.join(", ", set);
      found.add(
          new Difference(Kind.ALTERED, queue, what + ": exclude what begins with our prefix"));
    }
  }

  private void unwanted(BrokerTopology broker, Subscription mine, List<Difference> found) {
    Set<String> types = new TreeSet<>(broker.types(topology, mine.consumer()));
    types.removeAll(mine.types());
    for (String type : types) {
      String what =
          "is bound to "
              + type
              + ", which this process does not take: unbind it once no process of another version"
              + " takes it";
      found.add(new Difference(Kind.UNWANTED, topology.attempt(mine.consumer(), 1), what));
    }
  }

  /** Checks all consumers, because one full queue delays publishers. */
  private void full(BrokerTopology broker, List<Difference> found) {
    broker
        .queues()
        .forEach(
            (name, queue) -> {
              long limit =
                  Math.min(
                      queue.path("arguments").path("x-max-length").asLong(Long.MAX_VALUE),
                      queue
                          .path("effective_policy_definition")
                          .path("max-length")
                          .asLong(Long.MAX_VALUE));
              long messages = queue.path("messages_ready").asLong();
              if (topology.consumerOf(name).isPresent() && messages >= limit) {
                String what =
                    "has its limit of "
                        + limit
                        + " waiting messages: see why its consumer is slow, or raise the limit";
                found.add(new Difference(Kind.FULL, name, what));
              }
            });
  }

  private void orphans(BrokerTopology broker, Set<String> known, List<Difference> found) {
    Map<String, long[]> others = new TreeMap<>();
    broker
        .queues()
        .forEach(
            (name, queue) ->
                topology
                    .consumerOf(name)
                    .filter(consumer -> !known.contains(consumer))
                    .ifPresent(
                        consumer -> {
                          long[] sums = others.computeIfAbsent(consumer, c -> new long[2]);
                          sums[0] += queue.path("consumers").asLong();
                          sums[1] += queue.path("messages").asLong();
                        }));
    others.forEach(
        (consumer, sums) -> {
          if (sums[0] == 0) {
            String what =
                "no process consumes from its queues, which hold "
                    + sums[1]
                    + " messages: start one, or delete the queues that begin with "
                    + topology.attempt(consumer, 1);
            found.add(new Difference(Kind.ORPHANED, consumer, what));
          }
        });
  }
}
