package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.InventoryService;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The peer keeps the connection and reads nothing more: the buffers fill, and writes block. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitStuckPeerIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LARGE = 256 * 1024;
  private static final int EVENTS = 100;
  private static final int PRODUCTS = 6_000;

  private final RabbitServer server = RabbitServer.shared();
  private final TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port());
  private final TestBroker direct = TestBroker.shared();
  private final RabbitOptions options = direct.options.withConfirmTimeout(Duration.ofSeconds(2));
  private final String uri = proxy.through(server.amqpUri());
  private final List<Event> handled = new CopyOnWriteArrayList<>();

  @AfterEach
  void remove() throws Exception {
    proxy.close();
    direct.remove();
  }

  @Test
  @DisplayName(
      "S2: publishing to a peer that reads nothing blocks nobody, and another session comes")
  void aPeerThatReadsNothingIsLeft() {
    try (RabbitEventBus bus = RabbitEventBus.connect(uri, options)) {
      // given
      bus.subscribe(new Subscription(direct.consumer("consumer"), Set.of(CONFIRMED), handled::add));
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      proxy.stopReading();

      // when
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        answers.add(bus.publish(large()).exceptionally(failure -> false));
      }

      // then
      assertThat(answers)
          .allSatisfy(
              answer ->
                  assertThat(answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                      .isFalse());
      Event event = event(CONFIRMED);
      await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event));
      await().atMost(LIMIT).until(() -> handled.contains(event));
    }
  }

  @Test
  @DisplayName(
      "S2: calls to an inventory end in time while the peer reads nothing, and go on after")
  void callsToAnInventoryEndInTime() {
    MemoryStorage storage = MemoryStorage.create();
    RequestOptions requests = RequestOptions.DEFAULT.withTimeout(Duration.ofSeconds(3));
    List<UUID> products = IntStream.range(0, PRODUCTS).mapToObj(i -> UUID.randomUUID()).toList();
    try (RabbitEventBus events = direct.connect();
        InventoryService stock =
            InventoryService.builder().storage(storage).events(events).start();
        InventoryServer served = direct.serve(stock.inventory(), requests);
        RemoteInventoryReserver client = RemoteInventoryReserver.connect(uri, options, requests)) {
      // given
      assertThat(served).isNotNull();
      direct.awaitServed(client);
      proxy.stopReading();

      // when
      List<CompletableFuture<Object>> calls =
          Stream.generate(() -> call(client, products)).limit(EVENTS).toList();

      // then
      for (CompletableFuture<Object> call : calls) {
        assertThat(call.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join()).isNotNull();
      }
      direct.awaitServed(client);
    }
  }

  /** What the call ended with. */
  private static CompletableFuture<Object> call(
      RemoteInventoryReserver client, List<UUID> products) {
    CompletableFuture<Object> ended = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                ended.complete(client.levels(products));
              } catch (UnavailableException | OverloadedException e) {
                ended.complete(e);
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    caller.setDaemon(true);
    caller.start();
    return ended;
  }

  @Test
  @DisplayName("S2: closing a bus does not wait for a peer that reads nothing")
  void closingDoesNotWaitForThePeer() {
    // given
    RabbitEventBus bus =
        RabbitEventBus.connect(uri, options.withConfirmTimeout(Duration.ofHours(1)));
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    proxy.stopReading();
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      answers.add(bus.publish(large()));
    }

    // when
    bus.close();

    // then
    await().atMost(LIMIT).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
  }

  @Test
  @DisplayName("S2: what waits to be written is bounded, and what is beyond is refused at once")
  void whatWaitsIsBounded() {
    try (RabbitEventBus bus =
        RabbitEventBus.connect(uri, options.withConfirmTimeout(Duration.ofHours(1)))) {
      // given
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      proxy.stopReading();
      for (int i = 0; i < 2 * EVENTS; i++) {
        bus.publish(large());
      }

      // when
      CompletableFuture<Boolean> beyond = bus.publish(large());

      // then
      assertThat(beyond).isCompletedExceptionally();
      assertThatThrownBy(beyond::join).hasCauseInstanceOf(UnavailableException.class);
    }
  }

  private static Event large() {
    UUID order = UUID.randomUUID();
    UUID id = UUID.randomUUID();
    return new Event(
        id,
        OrderEventType.streamOf(order),
        1,
        CONFIRMED,
        JsonObject.builder()
            .putAll(TestEvents.payload(id, order, 1, CONFIRMED))
            .put("filler", "x".repeat(LARGE))
            .build());
  }
}
