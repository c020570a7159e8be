package com.techcorp.servers.postgres;

import com.techcorp.servers.Docker;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL in Docker. Testcontainers is optional: nothing but {@link #usable()} may be called
 * before that returned true.
 */
final class PostgresContainer {
  private PostgresContainer() {}

  /** Whether Testcontainers is on the class path and a Docker engine answers. */
  static boolean usable() {
    return Docker.usable("org.testcontainers.postgresql.PostgreSQLContainer");
  }

  /** Starts a server that Testcontainers removes when this JVM has ended; returns its address. */
  static String start(String image) {
    return Engine.start(image);
  }

  /** The part that links to Testcontainers. */
  private static final class Engine {
    static String start(String image) {
      PostgreSQLContainer container =
          new PostgreSQLContainer(image)
              .withDatabaseName("postgres")
              .withUsername("postgres")
              .withPassword("postgres")
              // Its own command turns fsync off.
              .withCommand(
                  "postgres",
                  "-c",
                  "fsync=on",
                  "-c",
                  "max_connections=200",
                  "-c",
                  "shared_buffers=128MB");
      container.start();
      return container.getJdbcUrl() + "&user=postgres&password=postgres";
    }
  }
}
