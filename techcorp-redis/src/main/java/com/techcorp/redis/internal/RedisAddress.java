package com.techcorp.redis.internal;

import com.techcorp.error.WiringException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;

/**
 * Where a Redis is, and how its servers belong together. Its text has no credentials.
 *
 * @param cluster whether it is a Cluster
 * @param uris of a Cluster some or all nodes; else one: a server, or the Sentinels
 */
public record RedisAddress(boolean cluster, List<RedisURI> uris) {
  private static final String CLUSTER = "redis-cluster:";
  private static final String SECURE_CLUSTER = "rediss-cluster:";

  /** Makes an unmodifiable copy. */
  public RedisAddress {
    uris = List.copyOf(uris);
  }

  /**
   * Reads an address.
   *
   * @param text as {@code RedisCache.connect} takes it
   * @return the address
   * @throws WiringException if it cannot be read; the message does not quote it
   */
  public static RedisAddress parse(String text) {
    String address = text.trim();
    try {
      if (address.startsWith(CLUSTER)) {
        return ofCluster("redis:" + address.substring(CLUSTER.length()));
      }
      if (address.startsWith(SECURE_CLUSTER)) {
        return ofCluster("rediss:" + address.substring(SECURE_CLUSTER.length()));
      }
      if (!address.contains("sentinel:") && namesSeveralHosts(address)) {
        return ofCluster(address); // Lettuce's own form for a Cluster
      }
      return ofServer(address);
    } catch (IllegalArgumentException e) {
      // No cause: it quotes the address.
      throw new WiringException(
          "Redis: the address cannot be read. It must read redis://user:password@host:port,"
              + " redis-sentinel://user:password@host1:port,host2:port#master or"
              + " redis-cluster://user:password@host1:port,host2:port, with what is special in the"
              + " password percent-encoded");
    }
  }

  private static RedisAddress ofServer(String address) {
    RedisURI uri = RedisURI.create(address);
    if (!hasHost(uri) && uri.getSocket() == null && uri.getSentinels().isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    return new RedisAddress(false, List.of(uri));
  }

  private static RedisAddress ofCluster(String address) {
    List<RedisURI> uris = RedisClusterURIUtil.toRedisURIs(URI.create(address));
    if (uris.isEmpty() || !uris.stream().allMatch(RedisAddress::hasHost)) {
      throw new IllegalArgumentException("no host");
    }
    return new RedisAddress(true, uris);
  }

  /** With one colon in it, Lettuce has taken for a host what does not end with a port. */
  private static boolean hasHost(RedisURI uri) {
    String host = uri.getHost();
    return host != null && host.chars().filter(c -> c == ':').count() != 1;
  }

  private static boolean namesSeveralHosts(String address) {
    String hosts = address.replaceFirst("[?#].*", "");
    return hosts.substring(hosts.lastIndexOf('@') + 1).contains(",");
  }

  @Override
  public String toString() {
    return cluster ? "a Redis Cluster" : "a Redis server";
  }
}
