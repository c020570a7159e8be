package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.Docker;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Elasticsearch in Docker. Testcontainers is optional: nothing but {@link #usable()} may be called
 * before that returned true.
 */
final class ElasticsearchContainer {
  private ElasticsearchContainer() {}

  /** Whether Testcontainers is on the class path and a Docker engine answers. */
  static boolean usable() {
    return Docker.usable("org.testcontainers.containers.GenericContainer");
  }

  /** Starts a server that Testcontainers removes when this JVM has ended. */
  static ElasticsearchUri start(String image) {
    return Engine.start(image);
  }

  /** The part that links to Testcontainers. */
  private static final class Engine {
    private static final int PORT = 9200;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    @SuppressWarnings("resource") // Testcontainers removes it
    static ElasticsearchUri start(String image) {
      GenericContainer<?> container =
          new GenericContainer<>(DockerImageName.parse(image))
              .withExposedPorts(PORT)
              .withEnv("discovery.type", "single-node")
              .withEnv("xpack.security.enabled", "false")
              .withEnv("cluster.routing.allocation.disk.threshold_enabled", "false")
              .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m")
              .waitingFor(
                  Wait.forHttp("/_cluster/health?wait_for_status=yellow")
                      .forPort(PORT)
                      .withStartupTimeout(START_LIMIT));
      container.start();
      return ElasticsearchUri.parse(
          "http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }
  }
}
