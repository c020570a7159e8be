package com.techcorp.servers.redis;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one node knows of its cluster. Nodes are named by their ports.
 *
 * @param slots of each master, empty when another one has taken its place
 * @param masters of each replica
 */
record ClusterView(Map<Integer, BitSet> slots, Map<Integer, Integer> masters) {
  private static final int SLOTS = 16_384;
  private static final int ID = 0;
  private static final int ADDRESS = 1;
  private static final int FLAGS = 2;
  private static final int MASTER = 3;
  private static final int FIRST_SLOTS = 8;
  private static final Pattern PORT = Pattern.compile(":(\\d+)@");
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

  /** Reads the answer to {@code CLUSTER NODES}. */
  static ClusterView parse(String nodes) {
    List<List<String>> lines =
        nodes
            .lines()
            .map(line -> List.of(line.split(" ", -1)))
            .filter(words -> words.size() >= FIRST_SLOTS && isKnown(words.get(FLAGS)))
            .toList();
    Map<String, Integer> ports = new HashMap<>();
    lines.forEach(words -> ports.put(words.get(ID), port(words.get(ADDRESS))));
    Map<Integer, BitSet> slots = new HashMap<>();
    Map<Integer, Integer> masters = new HashMap<>();
    for (List<String> words : lines) {
      int port = port(words.get(ADDRESS));
      Integer master = ports.get(words.get(MASTER));
      if (master == null) {
        slots.put(port, slots(words.subList(FIRST_SLOTS, words.size())));
      } else {
        masters.put(port, master);
      }
    }
    return new ClusterView(slots, masters);
  }

  /** All nodes that it knows. */
  Set<Integer> nodes() {
    Set<Integer> nodes = new HashSet<>(slots.keySet());
    nodes.addAll(masters.keySet());
    return nodes;
  }

  /** The masters that have slots. */
  Set<Integer> servingMasters() {
    return slots.entrySet().stream()
        .filter(master -> !master.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether these nodes together serve every slot. */
  boolean servedBy(Set<Integer> nodes) {
    BitSet served = new BitSet(SLOTS);
    slots.forEach(
        (node, own) -> {
          if (nodes.contains(node)) {
            served.or(own);
          }
        });
    return served.cardinality() == SLOTS;
  }

  /** The master of a slot, if it has one. */
  OptionalInt masterOf(int slot) {
    return slots.entrySet().stream()
        .filter(entry -> entry.getValue().get(slot))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }

  /** Not one that it has only begun to talk to. */
  private static boolean isKnown(String flags) {
    return !flags.contains("handshake") && !flags.contains("noaddr");
  }

  private static int port(String address) {
    Matcher port = PORT.matcher(address);
    return port.find() ? Integer.parseInt(port.group(1)) : 0;
  }

  private static BitSet slots(List<String> ranges) {
    BitSet slots = new BitSet(SLOTS);
    for (String text : ranges) {
      Matcher range = RANGE.matcher(text);
      if (range.matches()) { // what does not is a slot on its way to another node
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        slots.set(first, last + 1);
      }
    }
    return slots;
  }
}
