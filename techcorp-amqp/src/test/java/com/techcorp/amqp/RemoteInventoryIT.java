package com.techcorp.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller is told when nobody serves, too many call, or nobody understands. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteInventoryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ReservationResult DONE = new ReservationResult.Done();

  private final UUID order = UUID.randomUUID();
  private final Served served = new Served();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestBroker broker;

  @BeforeEach
  void open() {
    broker = TestBroker.shared();
  }

  @AfterEach
  void close() throws Exception {
    served.gate.countDown();
    for (AutoCloseable each : opened) {
      each.close();
    }
    broker.remove();
  }

  private RemoteInventoryReserver client(RequestOptions requests) {
    RemoteInventoryReserver client = broker.inventory(requests);
    opened.add(0, client);
    return client;
  }

  private InventoryServer serve() {
    InventoryServer server = broker.serve(served, RequestOptions.DEFAULT);
    opened.add(server);
    return server;
  }

  private RemoteInventoryReserver connected() {
    serve();
    RemoteInventoryReserver client = client(RequestOptions.DEFAULT);
    broker.awaitServed(client);
    return client;
  }

  @Test
  void whoIsServedByNobodyIsToldAtOnce() {
    // given: one that would wait for a minute
    RemoteInventoryReserver client =
        client(RequestOptions.DEFAULT.withTimeout(Duration.ofMinutes(1)));

    // when, then
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.release(order))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("nobody serves"));
  }

  @Test
  void aRequestThatNobodyTookInTimeIsDropped() throws Exception {
    // given: there was a server once
    RemoteInventoryReserver first = connected();
    assertThat(first.release(order)).isEqualTo(DONE);
    opened.get(1).close();
    RemoteInventoryReserver client =
        client(RequestOptions.DEFAULT.withTimeout(Duration.ofMillis(300)));
    await().atMost(LIMIT).until(() -> said(() -> client.release(order)).contains("not replied"));

    // when: its time is counted from when the broker has it, so a little later than the caller's
    await().atMost(LIMIT).until(this::noRequestWaits);
    int before = served.calls.get();
    serve();

    // then: only what comes from now on is served
    broker.awaitServed(client);
    assertThat(served.calls.get()).isEqualTo(before);
  }

  private boolean noRequestWaits() throws Exception {
    return broker.with(
        channel -> channel.messageCount(Topology.of(broker.options).requests()) == 0);
  }

  private static String said(Supplier<?> call) {
    try {
      return String.valueOf(call.get());
    } catch (TechCorpException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void faultsKeepTheirTypes() {
    RemoteInventoryReserver client = connected();

    served.fault = new InvalidInputException("quantity", "must be positive");
    assertThatThrownBy(() -> client.confirm(order))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("quantity: must be positive");
    served.fault = new IllegalTransitionException("not yours");
    assertThatThrownBy(() -> client.confirm(order)).isInstanceOf(IllegalTransitionException.class);
    served.fault = new OverloadedException("full");
    assertThatThrownBy(() -> client.confirm(order)).isInstanceOf(OverloadedException.class);
    served.fault = new UnavailableException("the database is away");
    assertThatThrownBy(() -> client.confirm(order))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the database is away");
    served.fault = new IllegalStateException("secret");
    assertThatThrownBy(() -> client.confirm(order))
        .isInstanceOf(UnavailableException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void moreCallsThanAllowedAreRefusedAtOnce() {
    // given
    serve();
    RemoteInventoryReserver client = client(RequestOptions.DEFAULT.withMaxInFlight(2));
    broker.awaitServed(client);
    served.hold = true;
    List<CompletableFuture<ReservationResult>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> client.release(order)));
    }
    await().atMost(LIMIT).until(() -> served.holding.get() == 2);

    // when, then
    assertThatThrownBy(() -> client.release(order)).isInstanceOf(OverloadedException.class);
    served.gate.countDown();
    calls.forEach(call -> assertThat(call.join()).isEqualTo(DONE));
    assertThat(client.release(order)).isEqualTo(DONE);
  }

  @Test
  void whatIsNoRequestIsAnsweredSoAndHoldsUpNobody() throws Exception {
    RemoteInventoryReserver client = connected();

    List<String> replies = new ArrayList<>();
    for (String nonsense :
        List.of("no json", "[]", "{\"version\":2}", "{\"version\":1,\"call\":\"steal\"}")) {
      replies.add(asked(nonsense));
    }

    assertThat(replies).hasSize(4).allMatch(reply -> reply.contains("\"error\":\"malformed\""));
    assertThat(client.release(order)).isEqualTo(DONE);
  }

  private String asked(String body) throws Exception {
    return broker.with(
        channel -> {
          Topology topology = Topology.of(broker.options);
          String queue = new TopologyDeclarations(topology).declareReplies(channel);
          channel.basicPublish(
              topology.queues(),
              topology.requests(),
              new BasicProperties.Builder().replyTo(queue).correlationId("x").build(),
              body.getBytes(StandardCharsets.UTF_8));
          GetResponse reply =
              await().atMost(LIMIT).until(() -> channel.basicGet(queue, true), got -> got != null);
          return new String(reply.getBody(), StandardCharsets.UTF_8);
        });
  }

  @Test
  void whatADyingServerHadBegunIsServedByAnother() {
    // given: a server at work on a request
    Served dying = new Served();
    dying.hold = true;
    InventoryServer first = broker.serve(dying, RequestOptions.DEFAULT);
    RemoteInventoryReserver client =
        client(RequestOptions.DEFAULT.withTimeout(Duration.ofSeconds(30)));
    CompletableFuture<ReservationResult> call =
        CompletableFuture.supplyAsync(
            () -> {
              await()
                  .atMost(LIMIT)
                  .until(() -> !said(() -> client.release(order)).contains("nothing was sent"));
              return DONE;
            });
    await().atMost(LIMIT).until(() -> dying.holding.get() == 1);

    // when
    first.close(Duration.ZERO);
    serve();

    // then
    assertThat(call.join()).isEqualTo(DONE);
    assertThat(served.calls.get()).isEqualTo(1);
    dying.gate.countDown();
  }

  @Test
  void aServerThatCannotReplyDoesNotAskItsInventory() throws Exception {
    // given a server that may consume, but does not come to publish
    NotPublishing factory = NotPublishing.at(broker.uri());
    opened.add(InventoryServer.serve(served, factory, broker.options, RequestOptions.DEFAULT));
    RemoteInventoryReserver client =
        client(RequestOptions.DEFAULT.withTimeout(Duration.ofSeconds(60)));

    // when
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(
            () ->
                await()
                    .atMost(LIMIT)
                    .until(
                        () -> said(() -> client.release(order)),
                        said -> !said.contains("nothing was sent")));
    await().atMost(LIMIT).ignoreExceptions().until(this::requestsAreConsumed);
    factory.awaitAttempts(3);

    // then
    assertThat(served.calls).hasValue(0);

    // when
    factory.publishNow();

    // then
    assertThat(call.join()).isEqualTo(DONE.toString());
    assertThat(served.calls).hasValue(1);
  }

  private boolean requestsAreConsumed() throws Exception {
    return broker.with(
        channel -> channel.consumerCount(Topology.of(broker.options).requests()) == 1);
  }

  @Test
  void goodsInThatMayBeBookedAreNotBookedAgain() throws Exception {
    // given: a request for goods in that was delivered before
    byte[] body = InventoryRequest.restock(UUID.randomUUID(), 5).body();
    Topology topology = Topology.of(broker.options);
    broker.with(
        channel -> {
          new TopologyDeclarations(topology).declareExchanges(channel);
          new TopologyDeclarations(topology).declareRequests(channel);
          channel.confirmSelect();
          channel.basicPublish(topology.queues(), topology.requests(), null, body);
          channel.waitForConfirms(10_000);
          return await()
              .atMost(LIMIT)
              .until(() -> channel.basicGet(topology.requests(), false), got -> got != null);
        });

    // when
    RemoteInventoryReserver client = connected();
    client.restock(UUID.randomUUID(), 7);

    // then
    assertThat(served.restocked.get()).isEqualTo(7);
  }

  @Test
  void aTokenTravelsWithEachCallAndAHostsOwnCallsHaveNone() {
    // given
    RemoteInventoryReserver client = connected();
    List<StockLine> lines = List.of(new StockLine(UUID.randomUUID(), 1));
    Duration time = Duration.ofMinutes(1);
    UUID token = UUID.randomUUID();
    served.tokens.clear();

    // when
    client.reserve(order, token, lines, time);
    client.extend(order, token, time);
    client.confirm(order, token);
    client.release(order, token);
    client.reverse(order, token);

    // then
    assertThat(served.tokens).hasSize(5).containsOnly(Optional.of(token));

    // and a host's own
    served.tokens.clear();
    client.reserve(order, lines, time);
    client.extend(order, time);
    client.confirm(order);
    client.release(order);
    client.reverse(order);
    assertThat(served.tokens).hasSize(5).containsOnly(Optional.empty());
  }

  /** An inventory that does what the test wants. */
  private static final class Served implements InventoryReserver {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger restocked = new AtomicInteger();
    private final AtomicInteger holding = new AtomicInteger();
    private final List<Optional<UUID>> tokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean hold;
    private volatile RuntimeException fault;

    private ReservationResult done(UUID holdToken) {
      tokens.add(Optional.ofNullable(holdToken));
      return done();
    }

    private ReservationResult done() {
      calls.incrementAndGet();
      if (hold) {
        holding.incrementAndGet();
        try {
          gate.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      if (fault != null) {
        throw fault;
      }
      return DONE;
    }

    @Override
    public ReservationResult reserve(
        UUID orderId, UUID holdToken, List<StockLine> lines, Duration timeToLive) {
      return done(holdToken);
    }

    @Override
    public ReservationResult confirm(UUID orderId, UUID holdToken) {
      return done(holdToken);
    }

    @Override
    public ReservationResult release(UUID orderId, UUID holdToken) {
      return done(holdToken);
    }

    @Override
    public ReservationResult reverse(UUID orderId, UUID holdToken) {
      return done(holdToken);
    }

    @Override
    public ReservationResult extend(UUID orderId, UUID holdToken, Duration timeToLive) {
      return done(holdToken);
    }

    @Override
    public void restock(UUID productId, long quantity) {
      restocked.addAndGet((int) quantity);
    }

    @Override
    public Map<UUID, StockLevel> levels(Collection<UUID> products) {
      return Map.of();
    }
  }
}
