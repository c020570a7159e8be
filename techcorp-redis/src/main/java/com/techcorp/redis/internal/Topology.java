package com.techcorp.redis.internal;

import java.util.function.Consumer;

/** Which server has a key, just now. */
interface Topology extends AutoCloseable {
  /**
   * Returns the connection to the server of a key.
   *
   * @throws com.techcorp.error.UnavailableException if no server is known that has it
   */
  NodeConnection ofKey(String key, Lane lane, Deadline deadline);

  /**
   * Returns the connection to a server that another one has named.
   *
   * @throws com.techcorp.error.WiringException if there can be no other one
   */
  NodeConnection at(String host, int port, Lane lane);

  /** Something went wrong: the topology may have changed. */
  void doubt();

  /**
   * Shows each server, over a connection for this purpose.
   *
   * @throws com.techcorp.error.UnavailableException if the topology is unknown
   */
  void forEachServer(Consumer<NodeConnection> action, Deadline deadline);

  /**
   * Shows each server that has keys of its own, as {@link #forEachServer} does.
   *
   * @throws com.techcorp.error.UnavailableException if the topology is unknown, or keys have no
   *     server
   */
  void forEachMaster(Consumer<NodeConnection> action, Deadline deadline);

  @Override
  void close();
}
