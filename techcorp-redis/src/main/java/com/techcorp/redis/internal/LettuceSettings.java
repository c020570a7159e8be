package com.techcorp.redis.internal;

import com.techcorp.redis.RedisOptions;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;

/**
 * How Lettuce is told to behave. Its defaults wait for a minute, queue 2³¹ requests and send them
 * again after a lost connection.
 */
final class LettuceSettings {
  private static final int COMPUTATION_THREADS = 2;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int PROBES = 3;

  private LettuceSettings() {}

  /** Threads: a fixed number, whatever the number of servers. */
  static ClientResources resources(RedisOptions options) {
    return ClientResources.builder()
        .ioThreadPoolSize(options.ioThreads())
        .computationThreadPoolSize(COMPUTATION_THREADS)
        .build();
  }

  /**
   * Of connections that never reconnect by themselves: what was sent and not answered ends with
   * them, so no command is sent twice.
   */
  static ClientOptions client(RedisOptions options) {
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(options.requestQueue())
        .socketOptions(socket(options))
        .timeoutOptions(TimeoutOptions.enabled(options.timeout()))
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .build();
  }

  /** Of the client that only asks the nodes of a Cluster for the topology. */
  static ClusterClientOptions cluster(RedisOptions options) {
    return ClusterClientOptions.builder(client(options))
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .dynamicRefreshSources(true)
                .enablePeriodicRefresh(options.topologyRefresh())
                .build())
        .build();
  }

  /** Changes how long a login on a connection may take; Lettuce's addresses are mutable. */
  static void setTimeout(RedisURI uri, Duration timeout) {
    uri.setTimeout(timeout);
    uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
  }

  private static SocketOptions socket(RedisOptions options) {
    return SocketOptions.builder()
        .connectTimeout(options.connectTimeout())
        .keepAlive(
            KeepAliveOptions.builder().enable().idle(IDLE).interval(INTERVAL).count(PROBES).build())
        .tcpUserTimeout(
            TcpUserTimeoutOptions.builder()
                .enable(EpollProvider.isAvailable()) // without it, Lettuce warns each time
                .tcpUserTimeout(IDLE.plus(INTERVAL.multipliedBy(PROBES)))
                .build())
        .build();
  }
}
