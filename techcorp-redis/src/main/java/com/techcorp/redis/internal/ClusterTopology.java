package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.redis.RedisOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The masters of a Cluster. Lettuce's cluster client looks the topology up: when it is first
 * needed, from time to time, and soon after anything went wrong. The connections are our own, see
 * {@link NodeConnection}.
 */
final class ClusterTopology implements Topology {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterTopology.class);

  /** Between two looks, however much goes wrong. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  /**
   * How long a look waits for a node that hangs; the others answer at once. The first look, before
   * any node is known, waits for as long as a call may take.
   */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final RedisClusterClient lookUp;
  private final LinkClient client;
  private final List<RedisURI> uris;
  private final RedisURI seed;
  private final RedisOptions options;
  private final Map<Lane, Map<HostAndPort, NodeConnection>> connections = new EnumMap<>(Lane.class);
  private @Nullable CompletableFuture<Void> looking;
  private volatile @Nullable Partitions known;
  private volatile long lookedAt = System.nanoTime() - PAUSE.toNanos();
  private volatile boolean closed;

  ClusterTopology(ClientResources resources, List<RedisURI> uris, RedisOptions options) {
    this.options = options;
    seed = RedisURI.builder(uris.get(0)).build();
    LettuceSettings.setTimeout(seed, options.timeout());
    this.uris = uris;
    uris.forEach(uri -> LettuceSettings.setTimeout(uri, options.timeout()));
    lookUp = RedisClusterClient.create(resources, uris);
    lookUp.setOptions(LettuceSettings.cluster(options));
    client = new LinkClient(resources, options);
    for (Lane lane : Lane.values()) {
      connections.put(lane, new ConcurrentHashMap<>());
    }
  }

  @Override
  public NodeConnection ofKey(String key, Lane lane, Deadline deadline) {
    RedisClusterNode master = partitions(deadline).getMasterBySlot(SlotHash.getSlot(key));
    if (master == null) {
      doubt();
      throw new UnavailableException("No server of the Redis Cluster has the key");
    }
    return at(master.getUri().getHost(), master.getUri().getPort(), lane);
  }

  @Override
  public NodeConnection at(String host, int port, Lane lane) {
    if (closed) {
      throw new UnavailableException("The connections to Redis are closed");
    }
    return connections(lane)
        .computeIfAbsent(HostAndPort.of(host, port), server -> connection(server));
  }

  @Override
  public void doubt() {
    if (System.nanoTime() - lookedAt > PAUSE.toNanos()) {
      look();
    }
  }

  @Override
  public void forEachServer(Consumer<NodeConnection> action, Deadline deadline) {
    partitions(deadline).forEach(node -> show(node, action));
  }

  @Override
  public void forEachMaster(Consumer<NodeConnection> action, Deadline deadline) {
    List<RedisClusterNode> masters =
        partitions(deadline).stream().filter(node -> !node.getSlots().isEmpty()).toList();
    if (masters.stream().mapToInt(node -> node.getSlots().size()).sum() < SlotHash.SLOT_COUNT) {
      throw new UnavailableException("Not every slot of the Redis Cluster has a server");
    }
    masters.forEach(node -> show(node, action));
  }

  private void show(RedisClusterNode node, Consumer<NodeConnection> action) {
    RedisURI uri = node.getUri();
    try (NodeConnection connection = connection(HostAndPort.of(uri.getHost(), uri.getPort()))) {
      action.accept(connection);
    }
  }

  @Override
  public void close() {
    closed = true;
    connections.values().forEach(each -> each.values().forEach(NodeConnection::close));
    client.close();
    lookUp.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private Map<HostAndPort, NodeConnection> connections(Lane lane) {
    Map<HostAndPort, NodeConnection> ofLane = connections.get(lane);
    if (ofLane == null) {
      throw new IllegalStateException("no connections for " + lane);
    }
    return ofLane;
  }

  private NodeConnection connection(HostAndPort server) {
    RedisURI uri =
        RedisURI.builder(seed).withHost(server.getHostText()).withPort(server.getPort()).build();
    return new NodeConnection(
        "Redis at " + server,
        () -> client.open(uri),
        options.connectTimeout().plus(options.timeout()));
  }

  /** Who has what, waiting for the first look if need be. */
  private Partitions partitions(Deadline deadline) {
    Partitions partitions = known;
    if (partitions == null) {
      Replies.await(look().copy(), deadline);
      partitions = lookUp.getPartitions();
    }
    return partitions;
  }

  /** Looks at the topology in the background, unless somebody is at it already. */
  private synchronized CompletableFuture<Void> look() {
    CompletableFuture<Void> current = looking;
    if (current != null && (!current.isDone() || isTooSoon(current))) {
      return current;
    }
    CompletableFuture<Void> started = refresh();
    looking = started;
    return started;
  }

  private boolean isTooSoon(CompletableFuture<Void> last) {
    return last.isCompletedExceptionally() && System.nanoTime() - lookedAt <= PAUSE.toNanos();
  }

  private CompletableFuture<Void> refresh() {
    Duration limit = options.connectTimeout().plus(options.timeout()).multipliedBy(3);
    return attempt()
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (done, fault) -> {
              lookedAt = System.nanoTime();
              if (fault == null) {
                if (known == null) {
                  waitLess();
                }
                known = lookUp.getPartitions();
                closeWhatIsGone(lookUp.getPartitions());
              } else {
                LOG.debug("The topology of the Redis Cluster could not be looked up", fault);
              }
            });
  }

  /** From now on there are other nodes to ask than one that hangs. */
  private void waitLess() {
    if (options.timeout().compareTo(LOOK) > 0) {
      uris.forEach(uri -> LettuceSettings.setTimeout(uri, LOOK));
      // Lettuce asks these, and copies their settings to what it finds.
      lookUp.getPartitions().forEach(node -> LettuceSettings.setTimeout(node.getUri(), LOOK));
    }
  }

  private CompletableFuture<Void> attempt() {
    if (closed) {
      return CompletableFuture.failedFuture(
          new UnavailableException("The connections to Redis are closed"));
    }
    try {
      // A copy: a time-out of ours must not end what Lettuce does.
      return lookUp.refreshPartitionsAsync().toCompletableFuture().copy();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void closeWhatIsGone(Partitions partitions) {
    Set<HostAndPort> there =
        partitions.getPartitions().stream()
            .map(node -> HostAndPort.of(node.getUri().getHost(), node.getUri().getPort()))
            .collect(Collectors.toSet());
    for (Map<HostAndPort, NodeConnection> ofLane : connections.values()) {
      for (HostAndPort server : List.copyOf(ofLane.keySet())) {
        NodeConnection gone = there.contains(server) ? null : ofLane.remove(server);
        if (gone != null) {
          gone.close();
        }
      }
    }
  }
}
