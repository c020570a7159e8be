package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitTopology.Difference;
import com.techcorp.amqp.RabbitTopology.Kind;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitPermissions;
import com.techcorp.servers.rabbit.RabbitServer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker with its management API, of which somebody deletes, alters and forgets things. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitTopologyDifferencesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CANCELLED = "order.cancelled";

  private static RabbitServer server;
  private static String management;

  private String virtualHost;
  private TestBroker broker;
  private Topology topology;
  private RabbitEventBus bus;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      int port = free.getLocalPort();
      Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
      Path own = Files.createDirectories(directory.resolve("conf.d")).resolve("management.conf");
      String listen = "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + port + "\n";
      Files.writeString(own, listen + "collect_statistics_interval = 200\n");
      management = "http://127.0.0.1:" + port;
    }
    server = RabbitServer.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    server.close();
  }

  @BeforeEach
  void subscribe() {
    virtualHost = server.createVirtualHost();
    broker = TestBroker.on(server.amqpUri(virtualHost));
    topology = Topology.of(broker.options);
    bus = broker.connect();
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    bus.subscribe(subscription("mail", CONFIRMED));
  }

  @AfterEach
  void disconnect() {
    bus.close();
    server.deleteVirtualHost(virtualHost);
  }

  private static Subscription subscription(String consumer, String... types) {
    return new Subscription(consumer, Set.of(types), event -> {});
  }

  /**
   * The API tells some things a few seconds late, and while a busy broker deletes a queue, it may
   * answer 500 about it.
   */
  private List<Difference> awaitDifferences(int count) {
    return await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UnavailableException.class)
        .until(() -> bus.topology(management), found -> found.size() == count);
  }

  private RabbitTopology command() {
    String uri = server.amqpUri(virtualHost);
    return RabbitTopology.at(uri, management, broker.options);
  }

  @Test
  @DisplayName("S15: what is as it should be differs in nothing")
  void whatIsAsItShouldBeDiffersInNothing() {
    assertThat(awaitDifferences(0)).isEmpty();
    await().atMost(LIMIT).until(() -> command().differences().isEmpty());
  }

  @Test
  @DisplayName("S15: exchanges, queues and bindings that somebody deleted are named")
  void whatSomebodyDeletedIsNamed() throws Exception {
    // when
    String retries = topology.prefix() + ".retries";
    String wait = topology.attempt("mail", 1) + ".wait.1";
    broker.with(
        channel -> {
          channel.queueUnbind(topology.attempt("mail", 1), topology.events(), CONFIRMED);
          channel.queueDelete(wait);
          channel.exchangeDelete(retries);
          return true;
        });

    // then: the exchange, the queue, the binding of events, and those to the exchange
    assertThat(awaitDifferences(5))
        .allMatch(each -> each.kind() == Kind.MISSING)
        .extracting(Difference::name)
        .containsExactlyInAnyOrder(
            retries,
            wait,
            topology.attempt("mail", 1),
            topology.dead("mail"),
            topology.attempt("mail", 1) + ".wait.2");
  }

  @Test
  @DisplayName("S15: a policy that changes what is delivered is named with what it sets")
  void aPolicyIsNamed() throws Exception {
    // when
    put(
        "policies/" + encoded(virtualHost) + "/short",
        "{\"pattern\":\"[.]mail$\",\"definition\":{\"message-ttl\":5000},\"apply-to\":\"queues\"}");

    // then
    assertThat(awaitDifferences(1))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.kind()).isEqualTo(Kind.ALTERED);
              assertThat(found.name()).isEqualTo(topology.attempt("mail", 1));
              assertThat(found.what()).contains("short", "message-ttl=5000");
            });
  }

  @Test
  @Tag("S5")
  @DisplayName("S5: a limit of a consumer's first queue is safe, and told when it is reached")
  void aFullQueueIsNamed() throws Exception {
    // given
    CountDownLatch room = new CountDownLatch(1);
    try (RabbitEventBus slow = broker.connect(broker.options.withPrefetch(1))) {
      assertThat(slow.awaitConnected(LIMIT)).isTrue();
      slow.subscribe(new Subscription("slow", Set.of(CANCELLED), event -> room.await()));
      put(
          "policies/" + encoded(virtualHost) + "/limited",
          "{\"pattern\":\"[.]slow$\",\"definition\":{\"max-length\":5},\"apply-to\":\"queues\"}");
      awaitDifferences(0);

      // when
      await().atMost(LIMIT).until(() -> !TestEvents.taken(bus, TestEvents.event(CANCELLED)));

      // then
      assertThat(awaitDifferences(1))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.kind()).isEqualTo(Kind.FULL);
                assertThat(found.name()).isEqualTo(topology.attempt("slow", 1));
                assertThat(found.what()).contains("limit of 5");
              });
      room.countDown();
      awaitDifferences(0);
    }
  }

  @Test
  @DisplayName("S15: a queue with other waits than this process's is named")
  void aQueueWithOtherArgumentsIsNamed() {
    // given: a look with other waits, as a command may have them
    RabbitOptions others =
        broker.options.withWaits(List.of(Duration.ofMillis(20), Duration.ofSeconds(9)));

    // when
    List<Difference> found =
        RabbitTopology.at(server.amqpUri(virtualHost), management, others).differences();

    // then
    assertThat(found)
        .filteredOn(each -> each.kind() == Kind.ALTERED)
        .singleElement()
        .satisfies(each -> assertThat(each.what()).contains("x-message-ttl", "40", "9000"));
  }

  @Test
  @DisplayName("S15: a consumer that was removed from the code is an orphan with its messages")
  void aConsumerThatNobodyIsIsAnOrphan() {
    // given
    try (RabbitEventBus former = broker.connect()) {
      assertThat(former.awaitConnected(LIMIT)).isTrue();
      former.subscribe(subscription("former", CONFIRMED));
      assertThat(bus.topology(management)).noneMatch(each -> each.kind() != Kind.ORPHANED);
    }
    assertThat(bus.publish(TestEvents.event(CONFIRMED)).join()).isTrue();

    // when, then
    Difference found =
        await()
            .atMost(LIMIT)
            .ignoreException(UnavailableException.class)
            .until(
                () -> bus.topology(management),
                all -> all.size() == 1 && all.get(0).what().contains("hold 1 messages"))
            .get(0);
    assertThat(found.kind()).isEqualTo(Kind.ORPHANED);
    assertThat(found.name()).isEqualTo("former");
    assertThat(command().differences()).contains(found);
  }

  @Test
  @DisplayName("S1: a binding to a type that this process does not take is named")
  void aTypeOfAnotherVersionIsNamed() {
    try (RabbitEventBus newer = broker.connect()) {
      assertThat(newer.awaitConnected(LIMIT)).isTrue();
      newer.subscribe(subscription("mail", CONFIRMED, CANCELLED));

      assertThat(awaitDifferences(1))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.kind()).isEqualTo(Kind.UNWANTED);
                assertThat(found.what()).contains(CANCELLED);
              });
    }
  }

  @Test
  @DisplayName("S15: an API that cannot be asked is told from a broker that is well")
  void whatCannotBeAskedIsTold() {
    String few = server.createUser(virtualHost, RabbitPermissions.ALL); // without a tag
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RabbitTopology.at(few, management, broker.options).differences())
        .withMessageContaining("monitoring");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> bus.topology("http://127.0.0.1:1"))
        .withMessageContaining("plugin");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> bus.topology("http://guest:secret@127.0.0.1:1"))
        .withMessageNotContaining("secret");
  }

  private static void put(String path, String json) throws Exception {
    String user =
        Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(management + "/api/" + path))
            .header("Authorization", "Basic " + user)
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isLessThan(300);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
