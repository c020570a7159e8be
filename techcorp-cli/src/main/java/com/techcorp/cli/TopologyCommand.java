package com.techcorp.cli;

import com.techcorp.amqp.RabbitOptions;
import com.techcorp.amqp.RabbitTopology;
import com.techcorp.amqp.RabbitTopology.Difference;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares what is at the broker with what consumers need; see {@link RabbitTopology}. */
@Command(
    name = "topology",
    description = {
      "Compares what consumers need at RabbitMQ with what is there: missing, altered, orphaned.",
      "Exit code 0 if nothing differs, else 1."
    })
final class TopologyCommand implements Callable<Integer> {
  private final Map<String, String> env;
  private final BrokerOptions broker;

  @Option(
      names = "--management",
      description = "The management plugin's URL; default http://HOST:15672.")
  private @Nullable String management;

  @Option(
      names = "--waits",
      split = ",",
      paramLabel = "DURATION",
      description = "The waits that the processes use, if not the default: PT1S,PT10S.")
  private @Nullable List<Duration> waits;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * @param broker as given to the command that this one is a part of
   */
  TopologyCommand(Map<String, String> env, BrokerOptions broker) {
    this.env = env;
    this.broker = broker;
  }

  @Override
  public Integer call() {
    String address = broker.address(env);
    RabbitOptions options = broker.options();
    List<Difference> found =
        RabbitTopology.at(
                address,
                management == null
                    ? "http://" + URI.create(address).getHost() + ":15672"
                    : management,
                waits == null ? options : options.withWaits(waits))
            .differences();
    PrintWriter out = spec.commandLine().getOut();
    found.forEach(
        each -> out.printf(Locale.ROOT, "%s %s %s%n", each.kind(), each.name(), each.what()));
    out.printf(Locale.ROOT, "%d differences%n", found.size());
    return found.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
