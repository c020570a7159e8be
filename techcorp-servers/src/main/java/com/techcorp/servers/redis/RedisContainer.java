package com.techcorp.servers.redis;

import com.techcorp.servers.Docker;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Redis in Docker. Testcontainers is optional: nothing but {@link #usable()} may be called before
 * that returned true.
 */
final class RedisContainer {
  private RedisContainer() {}

  /** Whether Testcontainers is on the class path and a Docker engine answers. */
  static boolean usable() {
    return Docker.usable("org.testcontainers.containers.GenericContainer");
  }

  /** Starts a server that Testcontainers removes when this JVM has ended. */
  static RedisUri start(String image) {
    return Engine.start(image);
  }

  /** The part that links to Testcontainers. */
  private static final class Engine {
    private static final int PORT = 6379;

    @SuppressWarnings("resource") // Testcontainers removes it
    static RedisUri start(String image) {
      GenericContainer<?> container =
          new GenericContainer<>(DockerImageName.parse(image))
              .withExposedPorts(PORT)
              .withCommand(
                  "--appendonly",
                  "yes",
                  "--appendfsync",
                  "everysec",
                  "--maxmemory-policy",
                  "noeviction");
      container.start();
      return RedisUri.parse("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }
  }
}
