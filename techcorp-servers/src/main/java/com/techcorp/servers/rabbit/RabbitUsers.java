package com.techcorp.servers.rabbit;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The users that this JVM made in a broker. Thread-safe. */
final class RabbitUsers {
  private final RabbitAdmin admin;
  private final AmqpUri broker;
  private final Set<String> created = ConcurrentHashMap.newKeySet();

  RabbitUsers(RabbitAdmin admin, AmqpUri broker) {
    this.admin = admin;
    this.broker = broker;
  }

  /** Makes one, and gives the address under which it reaches the virtual host. */
  synchronized String create(String virtualHost, RabbitPermissions permissions) {
    String name = "user_" + random();
    String password = random();
    created.add(name);
    admin.createUser(name, password);
    admin.permit(virtualHost, name, permissions);
    return broker.text(virtualHost, name, password);
  }

  /** Gives other permissions to the user of an address that {@link #create} gave. */
  synchronized void permit(String uri, String virtualHost, RabbitPermissions permissions) {
    admin.permit(virtualHost, AmqpUri.parse(uri).user(), permissions);
  }

  /** As {@link RabbitVirtualHosts#deleteAll}. */
  synchronized void deleteAll() {
    try {
      for (String name : Set.copyOf(created)) {
        admin.deleteUser(name);
        created.remove(name);
      }
    } catch (IllegalStateException e) {
      System.err.println("Users of the tests may stay behind: " + e.getMessage());
    }
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
