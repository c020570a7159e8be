package com.techcorp.servers.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.servers.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that somebody else runs, with its management API. */
class RabbitManagementTest {
  @Test
  void createsAndDeletesVirtualHosts(@TempDir Path directory) throws Exception {
    // given
    int port = Ports.free();
    enableManagement(directory, port);
    try (RabbitServer broker = RabbitServer.start(directory)) {
      RabbitAccess given = RabbitWays.given(broker.amqpUri(), "http://127.0.0.1:" + port + "/");

      // when
      given.admin().create("a b/c");

      // then
      connect(given.uri().text("a b/c")).close();

      // when
      given.admin().delete("a b/c");
      given.admin().delete("a b/c");

      // then
      assertThatThrownBy(() -> connect(given.uri().text("a b/c"))).isInstanceOf(IOException.class);

      // when
      String wrong = broker.amqpUri().replace("guest:guest", "guest:wrong");
      RabbitAccess stranger = RabbitWays.given(wrong, "http://127.0.0.1:" + port);

      // then
      assertThatIllegalStateException()
          .isThrownBy(() -> stranger.admin().create("refused"))
          .withMessageContaining("401")
          .withMessageContaining("administrator");
    }
  }

  @Test
  void saysThatThereIsNoManagementApi() {
    RabbitAccess given =
        RabbitWays.given("amqp://guest:secret@127.0.0.1", "http://127.0.0.1:" + Ports.free());

    assertThatIllegalStateException()
        .isThrownBy(() -> given.admin().create("some"))
        .withMessageContaining("rabbitmq_management")
        .withMessageContaining(RabbitServer.MANAGEMENT_URL_VARIABLE)
        .withMessageNotContaining("secret");
  }

  @Test
  void saysHowAnAddressReads() {
    assertThatIllegalStateException()
        .isThrownBy(() -> RabbitWays.given("http://user:secret@host", null))
        .withMessageContaining("amqp://")
        .withMessageNotContaining("secret");
  }

  @Test
  void takesAnAddressApart() {
    AmqpUri full = AmqpUri.parse("amqps://an%40:p%2B+@broker.example:5555/orders?heartbeat=5");
    assertThat(full.user()).isEqualTo("an@");
    assertThat(full.password()).isEqualTo("p++");
    assertThat(full.port()).isEqualTo(5555);
    assertThat(full).hasToString("broker.example:5555");
    assertThat(full.text("a b/c"))
        .isEqualTo("amqps://an%40:p%2B+@broker.example:5555/a%20b%2Fc?heartbeat=5");

    AmqpUri bare = AmqpUri.parse("amqp://[::1]");
    assertThat(bare.user()).isEqualTo("guest");
    assertThat(bare.password()).isEqualTo("guest");
    assertThat(bare).hasToString("[::1]:5672");
    assertThat(bare.text()).isEqualTo("amqp://[::1]");
    assertThat(bare.text("/")).isEqualTo("amqp://[::1]/%2F");
  }

  private static void enableManagement(Path directory, int port) throws IOException {
    Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
    Path own = Files.createDirectories(directory.resolve("conf.d")).resolve("management.conf");
    Files.writeString(own, "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + port + "\n");
  }

  private static Connection connect(String uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
