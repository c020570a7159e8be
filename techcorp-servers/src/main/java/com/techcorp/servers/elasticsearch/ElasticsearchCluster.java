package com.techcorp.servers.elasticsearch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real, private cluster of Elasticsearch nodes, so that an index can have replicas. Each node is
 * a process of its own, as {@link ElasticsearchServer#start()} gives it.
 *
 * <p>The first node is the master, always: while it is dead, the others answer no search. The
 * others hold data only, and can be killed while searches go on.
 */
public final class ElasticsearchCluster implements AutoCloseable {
  private final List<ElasticsearchServer> nodes;

  private ElasticsearchCluster(List<ElasticsearchServer> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts a cluster, one node after the other.
   *
   * @param size how many nodes, at least one
   * @return the cluster, which all nodes have joined; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static ElasticsearchCluster start(int size) {
    List<ElasticsearchServer> nodes = new ArrayList<>();
    try {
      ElasticsearchProcess master =
          ElasticsearchProcess.start(
              ElasticsearchInstallation.program(),
              node(0).withSetting("cluster.initial_master_nodes", name(0)));
      nodes.add(ElasticsearchServer.of(master));
      for (int i = 1; i < size; i++) {
        nodes.add(
            ElasticsearchServer.start(
                node(i)
                    .withSetting("node.roles", "data")
                    .withSetting("discovery.seed_hosts", "127.0.0.1:" + master.transportPort())));
      }
      return new ElasticsearchCluster(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(ElasticsearchServer::close);
      throw e;
    }
  }

  /**
   * The nodes.
   *
   * @return first the master
   */
  public List<ElasticsearchServer> nodes() {
    return nodes;
  }

  /**
   * The addresses for a client.
   *
   * @return one for each node, in the order of {@link #nodes()}
   */
  public List<String> uris() {
    return nodes.stream().map(ElasticsearchServer::uri).toList();
  }

  /** Ends all nodes and deletes their directories. No effect a second time. */
  @Override
  public void close() {
    nodes.forEach(ElasticsearchServer::close);
  }

  private static ElasticsearchOptions node(int index) {
    Map<String, String> settings = new HashMap<>(ElasticsearchOptions.DEFAULT.settings());
    settings.remove("discovery.type");
    settings.put("node.name", name(index));
    return ElasticsearchOptions.DEFAULT.withSettings(settings);
  }

  private static String name(int index) {
    return "node-" + index;
  }
}
