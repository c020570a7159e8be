package com.techcorp.cli;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that asks RabbitMQ, whose address comes from the environment. */
final class BrokerOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--prefix",
      defaultValue = "techcorp",
      description = "Begins the queues' names; default ${DEFAULT-VALUE}.")
  private String prefix = "techcorp";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** The options of the bus whose queues begin with the prefix. */
  RabbitOptions options() {
    return RabbitOptions.DEFAULT.withPrefix(prefix);
  }

  /**
   * The broker's address.
   *
   * @throws ParameterException if the environment does not name it
   */
  String address(Map<String, String> env) {
    String address = env.get("TECHCORP_RABBITMQ_URL");
    if (address == null) {
      throw new ParameterException(
          command.commandLine(), "TECHCORP_RABBITMQ_URL must name the broker");
    }
    return address;
  }

  /**
   * A bus that is connected, to be closed by the caller.
   *
   * @throws ParameterException if the environment does not name the broker
   */
  RabbitEventBus connected(Map<String, String> env) {
    RabbitEventBus bus = RabbitEventBus.connect(address(env), options());
    if (!bus.awaitConnected(PATIENCE)) {
      bus.close();
      throw new UnavailableException(
          "no connection to RabbitMQ within " + PATIENCE.toSeconds() + " s");
    }
    return bus;
  }
}
