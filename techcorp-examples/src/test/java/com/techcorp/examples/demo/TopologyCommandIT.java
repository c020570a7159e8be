package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.cli.OperatorCommand;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator is told about a broker that lacks something. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopologyCommandIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String uri, String... args) {
    CommandLine line = OperatorCommand.commandLine(Map.of("TECHCORP_RABBITMQ_URL", uri));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  @DisplayName("S15: the command tells what is missing, and that a plugin is")
  void theCommandTellsWhatIsMissing(@TempDir Path directory) throws Exception {
    // given
    int port = freePort();
    Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
    Path own = Files.createDirectories(directory.resolve("conf.d")).resolve("management.conf");
    Files.writeString(own, "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + port + "\n");
    try (RabbitServer server = RabbitServer.start(directory);
        RabbitEventBus bus = RabbitEventBus.connect(server.amqpUri())) {
      assertThat(bus.awaitConnected(Duration.ofSeconds(60))).isTrue();
      bus.subscribe(new Subscription("mail", Set.of("order.confirmed"), event -> {}));
      String url = "http://127.0.0.1:" + port;

      // when
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(server.amqpUri());
      try (Connection connection = factory.newConnection();
          Channel channel = connection.createChannel()) {
        channel.queueDelete("techcorp.mail.wait.2");
      }
      int differs = run(server.amqpUri(), "topology", "--management", url);

      // then
      assertThat(differs).as(out + "" + err).isEqualTo(OperatorCommand.FAILED);
      assertThat(out.toString()).contains("MISSING techcorp.mail.wait.2 there is no such queue");

      // when: the address of the plugin is wrong
      int unknown = run(server.amqpUri(), "topology", "--management", "http://127.0.0.1:1");

      // then
      assertThat(unknown).isEqualTo(OperatorCommand.FAILED);
      assertThat(err.toString()).contains("is the plugin enabled?").doesNotContain("guest");
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
