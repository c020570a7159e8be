package com.techcorp.servers.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.techcorp.servers.process.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RabbitServerTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");
  private static final long CONFIRM_MILLIS = 20_000;

  private static RabbitServer server;

  @BeforeAll
  static void startServer() {
    server = RabbitServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void publishesAndConsumesAMessage() throws Exception {
    try (Connection connection = connect(server.amqpUri());
        Channel channel = connection.createChannel()) {
      // given
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      String queue = channel.queueDeclare().getQueue();
      channel.basicConsume(
          queue, true, (tag, delivery) -> received.add(text(delivery.getBody())), tag -> {});

      // when
      channel.basicPublish("", queue, null, "hello".getBytes(StandardCharsets.UTF_8));

      // then
      assertThat(received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hello");
    }
  }

  @Test
  void isolatesByVirtualHost() throws Exception {
    // given
    String one = server.createVirtualHost();
    String other = server.createVirtualHost();
    Connection inOne = connect(server.amqpUri(one));
    try (Connection inOther = connect(server.amqpUri(other))) {
      // when
      declareAndPublish(inOne, "orders");

      // then
      assertThatThrownBy(() -> inOther.createChannel().queueDeclarePassive("orders"))
          .hasStackTraceContaining("no queue 'orders'");

      // when
      server.deleteVirtualHost(one);
      server.deleteVirtualHost(one);

      // then
      await().atMost(LIMIT).until(() -> !inOne.isOpen());
      assertThat(inOther.isOpen()).isTrue();
      assertThatThrownBy(() -> connect(server.amqpUri(one))).isInstanceOf(IOException.class);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsWhatAQuorumQueueConfirmedWhenKilled() throws Exception {
    // given
    long firstPid = server.pid();
    int firstPort = server.port();
    Connection connection = connect(server.amqpUri());
    declareAndPublish(connection, "kept");
    server.syncQueues();

    // when
    server.kill();

    // then
    await().atMost(LIMIT).until(() -> !connection.isOpen());
    assertThatThrownBy(() -> connect(server.amqpUri())).isInstanceOf(IOException.class);
    assertThatIllegalStateException().isThrownBy(server::createVirtualHost);

    // when
    server.restart();

    // then
    assertThat(server.pid()).isNotEqualTo(firstPid);
    assertThat(server.port()).isEqualTo(firstPort);
    assertThat(take(server, "kept")).isEqualTo("kept, persistent");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void answersNothingWhileItIsFrozen() throws Exception {
    try (Connection connection = connect(server.amqpUri());
        Channel channel = connection.createChannel()) {
      // given
      channel.confirmSelect();
      String queue = channel.queueDeclare().getQueue();
      server.pause();
      try {
        // when
        channel.basicPublish("", queue, null, new byte[0]);

        // then
        assertThatThrownBy(() -> channel.waitForConfirms(500)).isInstanceOf(TimeoutException.class);
      } finally {
        // when
        server.resume(); // the other tests need it too
      }

      // then
      assertThat(channel.waitForConfirms(CONFIRM_MILLIS)).isTrue();
    }
  }

  @Test
  void sharesOneBrokerThatNobodyMayStop() throws Exception {
    RabbitServer shared = RabbitServer.shared();

    assertThat(RabbitServer.shared()).isSameAs(shared);
    connect(shared.amqpUri(shared.createVirtualHost())).close();
    assertThatIllegalStateException().isThrownBy(shared::kill);
    assertThatIllegalStateException().isThrownBy(shared::close);
  }

  @Test
  void saysWhyItDoesNotStart(@TempDir Path directory) throws IOException {
    Path own = Files.createDirectories(directory.resolve("conf.d")).resolve("own.conf");
    Files.writeString(own, "no.such.setting = 1\n");

    assertThatIllegalStateException()
        .isThrownBy(() -> RabbitServer.start(directory))
        .withMessageContaining("no.such.setting");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingButItsDataWhenItsJvmIsKilled(@TempDir Path directory) throws Exception {
    // given
    try (ChildJvm child = ChildJvm.of(BrokerOwner.class).args(directory.toString()).start()) {
      String uri = child.awaitLine("uri=", Duration.ofSeconds(60)).split("=", 2)[1];
      try (Connection connection = connect(uri)) {
        declareAndPublish(connection, "kept");
      }
      assertThat(processesOf(directory)).isNotEmpty();
      child.send("sync and pause");
      child.awaitLine("paused", LIMIT);

      // when
      child.kill();

      // then
      await().atMost(LIMIT).untilAsserted(() -> assertThat(processesOf(directory)).isEmpty());
    }

    // when
    try (RabbitServer successor = RabbitServer.start(directory)) {
      // then
      assertThat(take(successor, "kept")).isEqualTo("kept, persistent");
    }
    assertThat(processesOf(directory)).isEmpty();
  }

  private static Connection connect(String uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  private static void declareAndPublish(Connection connection, String queue) throws Exception {
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclare(queue, true, false, false, QUORUM);
      channel.confirmSelect();
      byte[] body = (queue + ", persistent").getBytes(StandardCharsets.UTF_8);
      channel.basicPublish("", queue, MessageProperties.PERSISTENT_TEXT_PLAIN, body);
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }
  }

  /** Waits, for a queue has no leader in the first moments of a broker. */
  private static String take(RabbitServer from, String queue) throws Exception {
    try (Connection connection = connect(from.amqpUri());
        Channel channel = connection.createChannel()) {
      GetResponse message =
          await().atMost(LIMIT).until(() -> channel.basicGet(queue, true), got -> got != null);
      return text(message.getBody());
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** All processes that come from a broker, however far: each inherits its environment. */
  private static List<Path> processesOf(Path directory) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> environment(process).contains(directory.toString()))
          .toList();
    }
  }

  private static String environment(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
    } catch (IOException endedOrAnotherUsers) {
      return "";
    }
  }

  /** A JVM that owns a broker. */
  static final class BrokerOwner {
    public static void main(String[] args) throws InterruptedException {
      RabbitServer owned = RabbitServer.start(Path.of(args[0]));
      ChildJvm.listen(
          command -> {
            owned.syncQueues();
            owned.pause();
            System.out.println("paused");
          });
      System.out.println("uri=" + owned.amqpUri());
      Thread.currentThread().join();
    }
  }
}
