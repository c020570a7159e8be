package com.techcorp.servers.rabbit;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The virtual hosts that this JVM made in a broker. Thread-safe. */
final class RabbitVirtualHosts {
  private final RabbitAdmin admin;
  private final Set<String> created = ConcurrentHashMap.newKeySet();

  RabbitVirtualHosts(RabbitAdmin admin) {
    this.admin = admin;
  }

  /** Makes one, with a fresh name. One at a time: erl_call cannot be there twice. */
  synchronized String create() {
    String name = "techcorp_" + UUID.randomUUID().toString().replace("-", "");
    created.add(name);
    admin.create(name);
    return name;
  }

  synchronized void delete(String name) {
    admin.delete(name);
    created.remove(name);
  }

  /**
   * Deletes what was made here and still exists, when this JVM ends and the broker outlives it.
   * Says it when the broker does not let it.
   */
  void deleteAll() {
    try {
      Set.copyOf(created).forEach(this::delete);
    } catch (IllegalStateException e) {
      System.err.println("Virtual hosts of the tests may stay behind: " + e.getMessage());
    }
  }
}
