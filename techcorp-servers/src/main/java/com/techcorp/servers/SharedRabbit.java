package com.techcorp.servers;

import org.jspecify.annotations.Nullable;

/**
 * Finds the broker that the tests of a JVM share.
 *
 * @param uri the address of its default virtual host
 * @param route how it was found, for people
 * @param admin creates its virtual hosts
 * @param outlives whether it goes on after this JVM
 */
record SharedRabbit(AmqpUri uri, String route, RabbitAdmin admin, boolean outlives) {
  private static final int MANAGEMENT_PORT = 15_672;

  static SharedRabbit find() {
    String given = System.getenv(RabbitServer.URL_VARIABLE);
    if (given != null && !given.isBlank()) {
      return given(given, System.getenv(RabbitServer.MANAGEMENT_URL_VARIABLE));
    }
    String withoutDocker = "";
    if (RabbitContainer.usable()) {
      String image = "rabbitmq:" + System.getProperty(RabbitServer.MAJOR_PROPERTY, "4");
      try {
        return RabbitContainer.start(image);
      } catch (RuntimeException e) {
        // An engine without access to images is common behind proxies.
        withoutDocker = " (Docker answers but cannot run " + image + ": " + e.getMessage() + ")";
      }
    }
    try {
      RabbitProcess process = RabbitProcess.start();
      String route = "private process " + process.pid() + withoutDocker;
      return new SharedRabbit(process.uri(), route, process.admin(), false);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "No RabbitMQ for the tests" + withoutDocker + ": " + e.getMessage(), e);
    }
  }

  /**
   * A broker that somebody else runs.
   *
   * @param address its AMQP address
   * @param management the address of its management API; by default its usual port there
   */
  static SharedRabbit given(String address, @Nullable String management) {
    AmqpUri uri;
    try {
      uri = AmqpUri.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(RabbitServer.URL_VARIABLE + ": " + e.getMessage(), e);
    }
    String api =
        management == null || management.isBlank()
            ? "http://" + uri.host() + ":" + MANAGEMENT_PORT
            : management.trim();
    return new SharedRabbit(uri, RabbitServer.URL_VARIABLE, new RabbitManagement(api, uri), true);
  }
}
