package com.techcorp.redis.internal;

import com.techcorp.error.WiringException;
import com.techcorp.redis.RedisOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** One server that has all keys; under Sentinel the master, asked for at each connection. */
final class ServerTopology implements Topology {
  private final LinkClient client;
  private final Map<Lane, NodeConnection> connections = new EnumMap<>(Lane.class);

  ServerTopology(ClientResources resources, RedisURI uri, RedisOptions options) {
    client = new LinkClient(resources, options);
    LettuceSettings.setTimeout(uri, options.timeout());
    int servers = 1 + uri.getSentinels().size();
    Duration limit = options.connectTimeout().plus(options.timeout()).multipliedBy(servers);
    for (Lane lane : Lane.values()) {
      connections.put(lane, new NodeConnection("Redis", () -> client.open(uri), limit));
    }
  }

  @Override
  public NodeConnection ofKey(String key, Lane lane, Deadline deadline) {
    return connection(lane);
  }

  @Override
  public NodeConnection at(String host, int port, Lane lane) {
    throw new WiringException(
        "Redis: the server is a node of a Cluster; its address must begin with redis-cluster:");
  }

  @Override
  public void doubt() {
    // Sentinel is asked at the next connection.
  }

  @Override
  public void forEachServer(Consumer<NodeConnection> action, Deadline deadline) {
    action.accept(connection(Lane.CALLS));
  }

  @Override
  public void forEachMaster(Consumer<NodeConnection> action, Deadline deadline) {
    forEachServer(action, deadline);
  }

  @Override
  public void close() {
    connections.values().forEach(NodeConnection::close);
    client.close();
  }

  private NodeConnection connection(Lane lane) {
    NodeConnection connection = connections.get(lane);
    if (connection == null) {
      throw new IllegalStateException("no connection for " + lane);
    }
    return connection;
  }
}
