package com.techcorp.servers.redis;

import com.techcorp.error.Require;
import com.techcorp.servers.process.OsProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A real, private Redis Cluster for tests that kill or freeze its nodes.
 *
 * <p>Each node is a {@link RedisServer} with the default options. When a master is killed, one of
 * its replicas takes its place after the node time-out and about a second more; {@link #awaitOk()}
 * waits for it. A master that is restarted after that follows its successor.
 */
public final class RedisCluster implements AutoCloseable {
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(1);

  private final RedisGroup group;
  private final List<RedisServer> nodes;

  private RedisCluster(RedisGroup group, List<RedisServer> nodes) {
    this.group = group;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts a cluster whose nodes take one for dead that was silent for a second.
   *
   * @param masters how many nodes share the slots; with fewer than three no replica is promoted
   * @param replicas how many nodes follow them, each master in turn
   * @return the cluster, as {@link #awaitOk()} leaves it; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RedisCluster start(int masters, int replicas) {
    return start(masters, replicas, NODE_TIMEOUT);
  }

  /**
   * Starts a cluster.
   *
   * @param masters how many nodes share the slots; with fewer than three no replica is promoted
   * @param replicas how many nodes follow them, each master in turn
   * @param nodeTimeout how long a node is silent before the others take it for dead
   * @return the cluster, as {@link #awaitOk()} leaves it; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static RedisCluster start(int masters, int replicas, Duration nodeTimeout) {
    Require.that(masters > 0, "RedisCluster.masters", "positive", masters);
    Require.that(replicas >= 0, "RedisCluster.replicas", "not negative", replicas);
    Map<String, String> settings = new HashMap<>(RedisOptions.DEFAULT.settings());
    settings.put("cluster-node-timeout", Long.toString(nodeTimeout.toMillis()));
    RedisGroup group = new RedisGroup();
    try {
      List<RedisServer> nodes = new ArrayList<>();
      for (int i = 0; i < masters + replicas; i++) {
        nodes.add(group.add(RedisMode.CLUSTER_NODE, settings));
      }
      new ClusterFormation(nodes, masters).form();
      RedisCluster cluster = new RedisCluster(group, nodes);
      cluster.awaitOk();
      return cluster;
    } catch (RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /**
   * The address for Lettuce's {@code RedisClusterClient.create}.
   *
   * @return all nodes in one address
   */
  public String uri() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis://", ""));
  }

  /**
   * The nodes, whatever they are just now.
   *
   * @return first those that were started as masters, then those that were started as replicas
   */
  public List<RedisServer> nodes() {
    return nodes;
  }

  /**
   * The master of a key, as the first node that answers knows it.
   *
   * @param key the key, with braces around the part that decides, if any
   * @return the node
   * @throws IllegalStateException when no node answers, or the key has no master
   */
  public RedisServer masterOf(String key) {
    int slot = Integer.parseInt(firstAnswer("CLUSTER", "KEYSLOT", key));
    int master =
        view()
            .masterOf(slot)
            .orElseThrow(() -> new IllegalStateException("No master for slot " + slot));
    return at(master);
  }

  /**
   * The replicas of a master, as the first node that answers knows them.
   *
   * @param master a node
   * @return the nodes that follow it, none when it is no master
   * @throws IllegalStateException when no node answers
   */
  public List<RedisServer> replicasOf(RedisServer master) {
    Map<Integer, Integer> masters = view().masters();
    return nodes.stream()
        .filter(node -> Integer.valueOf(master.port()).equals(masters.get(node.port())))
        .toList();
  }

  /**
   * Waits until the nodes that run agree about the cluster, one of them serves every slot, each of
   * them says {@code cluster_state:ok}, and their replicas are in sync. It does not wait for nodes
   * that are killed or frozen.
   *
   * @throws IllegalStateException when that is not so after a minute
   */
  public void awaitOk() {
    if (!OsProcess.await(RedisGroup.LIMIT, this::isOk)) {
      throw new IllegalStateException(
          "The cluster is not ok after " + RedisGroup.LIMIT + ": " + views());
    }
  }

  /**
   * Deletes all keys.
   *
   * @throws IllegalStateException when a master does not answer
   */
  public void flush() {
    view().servingMasters().stream().map(this::at).forEach(RedisServer::flush);
  }

  /** Ends all nodes and deletes their directories. Has no effect a second time. */
  @Override
  public void close() {
    group.close();
  }

  private boolean isOk() {
    Map<Integer, ClusterView> views = views();
    Set<ClusterView> opinions = new HashSet<>(views.values());
    if (opinions.size() != 1) {
      return false;
    }
    ClusterView agreed = opinions.iterator().next();
    return agreed.nodes().containsAll(views.keySet())
        && agreed.servedBy(views.keySet())
        && views.keySet().stream().map(this::at).allMatch(RedisCluster::saysOk)
        && agreed.masters().keySet().stream()
            .filter(views::containsKey)
            .map(this::at)
            .allMatch(RedisCluster::isInSync);
  }

  private static boolean saysOk(RedisServer node) {
    return node.field("cluster_state", "CLUSTER", "INFO").equals(Optional.of("ok"));
  }

  private static boolean isInSync(RedisServer replica) {
    return replica.field("master_link_status", "INFO", "replication").equals(Optional.of("up"));
  }

  /** What each node that answers knows, by the nodes' ports. */
  private Map<Integer, ClusterView> views() {
    Map<Integer, ClusterView> views = new HashMap<>();
    for (RedisServer node : nodes) {
      node.ask("CLUSTER", "NODES")
          .ifPresent(answer -> views.put(node.port(), ClusterView.parse(answer)));
    }
    return views;
  }

  private ClusterView view() {
    return ClusterView.parse(firstAnswer("CLUSTER", "NODES"));
  }

  private String firstAnswer(String... words) {
    return nodes.stream()
        .flatMap(node -> node.ask(words).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No node of the cluster answers"));
  }

  private RedisServer at(int port) {
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }
}
