package com.techcorp.servers.rabbit;

import com.techcorp.servers.SharedServer.Started;
import com.techcorp.servers.SharedServer.Ways;
import org.jspecify.annotations.Nullable;

/** The ways to a RabbitMQ broker. */
final class RabbitWays implements Ways<RabbitAccess> {
  private static final int MANAGEMENT_PORT = 15_672;

  @Override
  public String name() {
    return "RabbitMQ";
  }

  @Override
  public String variable() {
    return RabbitVariables.URL;
  }

  @Override
  public RabbitAccess given(String address) {
    return given(address, System.getenv(RabbitVariables.MANAGEMENT_URL));
  }

  /**
   * A broker that somebody else runs.
   *
   * @param address its AMQP address
   * @param management the address of its management API; by default its usual port there
   */
  static RabbitAccess given(String address, @Nullable String management) {
    AmqpUri uri;
    try {
      uri = AmqpUri.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(RabbitVariables.URL + ": " + e.getMessage(), e);
    }
    String api =
        management == null || management.isBlank()
            ? "http://" + uri.host() + ":" + MANAGEMENT_PORT
            : management.trim();
    return new RabbitAccess(uri, new RabbitManagement(api, uri));
  }

  @Override
  public boolean containerUsable() {
    return RabbitContainer.usable();
  }

  @Override
  public String image() {
    return "rabbitmq:" + System.getProperty(RabbitVariables.MAJOR, "4");
  }

  @Override
  public RabbitAccess startContainer() {
    return RabbitContainer.start(image());
  }

  @Override
  public Started<RabbitAccess> startProcess() {
    RabbitProcess process = RabbitProcess.start();
    return new Started<>(new RabbitAccess(process.uri(), process.admin()), process.pid());
  }
}
