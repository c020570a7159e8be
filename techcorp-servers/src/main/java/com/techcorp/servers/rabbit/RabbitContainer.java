package com.techcorp.servers.rabbit;

import com.techcorp.servers.Docker;
import java.io.IOException;
import org.testcontainers.containers.Container;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * RabbitMQ in Docker. Testcontainers is optional: nothing but {@link #usable()} may be called
 * before that returned true.
 */
final class RabbitContainer {
  private RabbitContainer() {}

  /** Whether Testcontainers is on the class path and a Docker engine answers. */
  static boolean usable() {
    return Docker.usable("org.testcontainers.rabbitmq.RabbitMQContainer");
  }

  /** Starts a broker that Testcontainers removes when this JVM has ended. */
  static RabbitAccess start(String image) {
    return Engine.start(image);
  }

  /** The part that links to Testcontainers. */
  private static final class Engine implements RabbitAdmin {
    private final RabbitMQContainer container;

    private Engine(RabbitMQContainer container) {
      this.container = container;
    }

    static RabbitAccess start(String image) {
      RabbitMQContainer container = new RabbitMQContainer(image);
      container.start();
      String address =
          "amqp://guest:guest@" + container.getHost() + ":" + container.getAmqpPort() + "/%2F";
      return new RabbitAccess(AmqpUri.parse(address), new Engine(container));
    }

    @Override
    public void create(String virtualHost) {
      control("add_vhost", virtualHost);
      permit(virtualHost, AmqpUri.DEFAULT_USER, RabbitPermissions.ALL);
    }

    @Override
    public void createUser(String name, String password) {
      control("add_user", name, password);
    }

    @Override
    public void permit(String virtualHost, String user, RabbitPermissions permissions) {
      control(
          "set_permissions",
          "-p",
          virtualHost,
          user,
          permissions.configure(),
          permissions.write(),
          permissions.read());
    }

    @Override
    public void deleteUser(String name) {
      if (control("-q", "list_users").lines().anyMatch(line -> line.startsWith(name + "\t"))) {
        control("delete_user", name);
      }
    }

    @Override
    public void delete(String virtualHost) {
      if (control("-q", "list_vhosts", "name").lines().anyMatch(virtualHost::equals)) {
        control("delete_vhost", virtualHost);
      }
    }

    private String control(String... words) {
      String[] command = new String[words.length + 1];
      command[0] = "rabbitmqctl";
      System.arraycopy(words, 0, command, 1, words.length);
      try {
        Container.ExecResult result = container.execInContainer(command);
        if (result.getExitCode() != 0) {
          throw new IllegalStateException(
              String.join(" ", command) + " failed: " + result.getStdout() + result.getStderr());
        }
        return result.getStdout();
      } catch (IOException e) {
        throw new IllegalStateException("Cannot reach the container: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for rabbitmqctl", e);
      }
    }
  }
}
