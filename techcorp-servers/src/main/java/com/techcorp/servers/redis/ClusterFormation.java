package com.techcorp.servers.redis;

import com.techcorp.servers.process.OsProcess;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Makes a cluster of nodes that do not know each other yet. {@code redis-cli --cluster create} does
 * the same, but decides itself who follows whom, and takes longer.
 */
final class ClusterFormation {
  private static final int SLOTS = 16_384;

  private final List<RedisServer> masters;
  private final List<RedisServer> replicas;
  private final List<RedisServer> nodes;

  /**
   * For nodes that have just been started.
   *
   * @param nodes first the masters, then the replicas, of each master in turn
   * @param masters how many of them
   */
  ClusterFormation(List<RedisServer> nodes, int masters) {
    this.nodes = nodes;
    this.masters = nodes.subList(0, masters);
    this.replicas = nodes.subList(masters, nodes.size());
  }

  /** Gives out the slots and the replicas; the nodes need a moment more to agree about them. */
  void form() {
    shareSlots();
    RedisServer first = nodes.get(0);
    nodes.stream().skip(1).forEach(node -> meet(first, node));
    await("know each other", this::knowEachOther);
    for (int i = 0; i < replicas.size(); i++) {
      String master = masters.get(i % masters.size()).call("CLUSTER", "MYID");
      replicas.get(i).call("CLUSTER", "REPLICATE", master);
    }
  }

  private void shareSlots() {
    int share = masters.size();
    for (int i = 0; i < share; i++) {
      RedisServer master = masters.get(i);
      // An epoch of its own decides at once who is right; equal ones are sorted out in time.
      master.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      String first = Integer.toString(SLOTS * i / share);
      String last = Integer.toString(SLOTS * (i + 1) / share - 1);
      master.call("CLUSTER", "ADDSLOTSRANGE", first, last);
    }
  }

  private static void meet(RedisServer one, RedisServer other) {
    one.call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
  }

  private boolean knowEachOther() {
    Set<Integer> all = nodes.stream().map(RedisServer::port).collect(Collectors.toSet());
    return nodes.stream()
        .allMatch(
            node ->
                node.ask("CLUSTER", "NODES")
                    .filter(answer -> ClusterView.parse(answer).nodes().equals(all))
                    .isPresent());
  }

  private static void await(String what, BooleanSupplier condition) {
    if (!OsProcess.await(RedisGroup.LIMIT, condition)) {
      throw new IllegalStateException("The nodes do not " + what + " after " + RedisGroup.LIMIT);
    }
  }
}
