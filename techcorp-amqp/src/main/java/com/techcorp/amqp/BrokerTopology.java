package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is at the broker, as its management API tells. */
record BrokerTopology(
    Map<String, String> exchanges, Map<String, JsonNode> queues, Set<Topology.Binding> bindings) {

  Set<String> consumers(Topology topology) {
    return queues.keySet().stream()
        .flatMap(queue -> topology.consumerOf(queue).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> types(Topology topology, String consumer) {
    return bindings.stream()
        .filter(each -> each.exchange().equals(topology.events()))
        .filter(each -> each.queue().equals(topology.attempt(consumer, 1)))
        .map(Topology.Binding::key)
        .collect(Collectors.toSet());
  }

  static BrokerTopology read(ManagementApi api) {
    Map<String, String> exchanges = new HashMap<>();
    api.list("exchanges")
        .forEach(each -> exchanges.put(each.path("name").asText(), each.path("type").asText()));
    Map<String, JsonNode> queues = new TreeMap<>();
    api.list("queues").forEach(each -> queues.put(each.path("name").asText(), each));
    Set<Topology.Binding> bindings = new HashSet<>();
    api.list("bindings")
        .forEach(
            each ->
                bindings.add(
                    new Topology.Binding(
                        each.path("source").asText(),
                        each.path("destination").asText(),
                        each.path("routing_key").asText())));
    return new BrokerTopology(exchanges, queues, bindings);
  }
}
