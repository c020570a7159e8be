package com.techcorp.servers.redis;

import com.techcorp.servers.process.Ports;
import java.util.List;
import java.util.Map;

/** What a process of the server's program is: they differ in ports, arguments and settings. */
enum RedisMode {
  /** Keeps data, alone or under Sentinel. */
  SERVER,

  /** Keeps the data of some slots of a cluster, or a copy of them. */
  CLUSTER_NODE {
    @Override
    int freePort() {
      return Ports.freePair(BUS_DISTANCE);
    }

    @Override
    Map<String, String> settings() {
      return Map.of("cluster-enabled", "yes", "cluster-config-file", "nodes.conf");
    }
  },

  /** Watches over servers and keeps no data. */
  SENTINEL {
    @Override
    List<String> arguments() {
      return List.of("--sentinel");
    }
  };

  /** From a node's port to that at which the other nodes of the cluster reach it. */
  private static final int BUS_DISTANCE = 10_000;

  int freePort() {
    return Ports.free();
  }

  List<String> arguments() {
    return List.of();
  }

  Map<String, String> settings() {
    return Map.of();
  }
}
